// Preloaded beside main/jsii-preload.cjs: counts the messages that Java sends to CDKTF's Node process,
// and writes their numbers by kind as JSON into the file that ROUND_TRIPS names.
'use strict';

const fs = require('fs');

const REQUESTS = 0; // where the runtime reads them once the preload has made it the launcher's own

const { readSync } = fs;
const chunks = [];
fs.readSync = (fd, buffer, offset, ...rest) => {
  const length = readSync(fd, buffer, offset, ...rest);
  if (fd === REQUESTS) chunks.push(Buffer.from(buffer.subarray(offset, offset + length)));
  return length;
};

process.on('exit', () => {
  const counts = {};
  for (const line of Buffer.concat(chunks).toString().split('\n').filter(Boolean)) {
    const { api } = JSON.parse(line);
    if (api) counts[api] = (counts[api] || 0) + 1;
  }
  fs.writeFileSync(process.env.ROUND_TRIPS, JSON.stringify(counts));
});
