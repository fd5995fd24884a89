// Preloaded into the Node process behind CDKTF's Java binding (NODE_OPTIONS=--require).
//
// The AWS provider's generated index loads all of its some 1,800 submodules at once, which is most of
// the time that a synthesis takes. Here each becomes a getter that loads on first use. The synthesized
// JSON is the same; a test holds it to that. An index that does not look as expected is left alone.
'use strict';

const fs = require('fs');
const Module = require('module');
const path = require('path');

const EAGER = /^exports\.(\w+) = require\("(\.\/[\w-]+)"\);$/;
const INITIALISED = /^(?:exports\.\w+ = )+void 0;$/;

/** Whether a file is the top-level index of the AWS provider's bindings. */
function isProviderIndex(filename) {
  return /[\\/]@cdktf[\\/]provider-aws[\\/]lib[\\/]index\.js$/.test(filename);
}

/** The index with getters for its submodules, or null when it holds anything unexpected. */
function lazy(source) {
  let getters = 0;
  const lines = source.split('\n').map((line) => {
    if (INITIALISED.test(line)) return '';
    const eager = EAGER.exec(line);
    if (!eager) return line;
    getters++;
    const [, name, file] = eager;
    return (
      `Object.defineProperty(exports, "${name}", { enumerable: true, configurable: true, get() {` +
      ` const value = require("${file}");` +
      ` Object.defineProperty(exports, "${name}", { enumerable: true, value });` +
      ' return value; } });'
    );
  });
  const leftEager = lines.some((line) => /^\s*exports\./.test(line));
  return getters > 0 && !leftEager ? lines.join('\n') : null;
}

const load = Module._extensions['.js'];
Module._extensions['.js'] = function (module, filename) {
  if (isProviderIndex(filename)) {
    const source = lazy(fs.readFileSync(filename, 'utf8'));
    if (source !== null) {
      return module._compile(source, path.normalize(filename));
    }
  }
  return load(module, filename);
};
