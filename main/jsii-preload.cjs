// Preloaded into the Node processes behind CDKTF's Java binding (NODE_OPTIONS=--require). Leaves out
// work whose result nobody sees; the synthesized JSON is the same, and a test holds it to that.
'use strict';

const fs = require('fs');
const Module = require('module');
const path = require('path');

const PROVIDER_INDEX = /[\\/]@cdktf[\\/]provider-aws[\\/]lib[\\/]index\.js$/;
const EAGER = /^exports\.(\w+) = require\("(\.\/[\w-]+)"\);$/;
const INITIALISED = /^(?:exports\.\w+ = )+void 0;$/;

const STACK_TRACE = /[\\/](?:cdktf[\\/]lib[\\/]tokens|constructs[\\/]lib)[\\/]private[\\/]stack-trace\.js$/;

/**
 * The AWS provider's generated index, which loads all of its some 1,800 submodules at once, most of
 * the time that a small synthesis takes: here each is a getter that loads on first use. Null when the
 * index holds anything unexpected; then it is loaded as it is.
 */
function lazyIndex(source) {
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
  if (STACK_TRACE.test(filename)) {
    // Each token remembers where it was made, as a list of Node's own frames: none of ours are there.
    module.exports = { captureStackTrace: () => [] };
    return undefined;
  }
  if (PROVIDER_INDEX.test(filename)) {
    const source = lazyIndex(fs.readFileSync(filename, 'utf8'));
    if (source !== null) {
      return module._compile(source, path.normalize(filename));
    }
  }
  return load(module, filename);
};
