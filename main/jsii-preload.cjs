// Preloaded into the Node process behind CDKTF's Java binding (NODE_OPTIONS=--require). Leaves out work
// whose result nobody sees; the synthesized JSON is the same, and a test holds it to that. A file that
// holds anything unexpected is loaded as it is.
'use strict';

const fs = require('fs');
const Module = require('module');
const path = require('path');
const v8 = require('v8');

// A synthesis is over before it pays to optimize what was called some hundred times, or to let the heap's
// youngest part grow step by step.
v8.setFlagsFromString('--interrupt-budget=600000');
v8.setFlagsFromString('--min-semi-space-size=32');

const REQUESTS = 3; // the descriptor that jsii's runtime reads requests from and answers on

const EAGER = /^exports\.(\w+) = require\("(\.\/[\w-]+)"\);$/;
const INITIALISED = /^(?:exports\.\w+ = )+void 0;$/;
const STARS = /(?:^__exportStar\(require\("\.\/[\w-]+"\), exports\);\n)+/m;
const CHUNK = /^const (structs\d+_\d+) = require\("(\.\/structs\d+)"\);$/gm;
const PREPARATION = /^\s*terraformElements\(this\)\.forEach\(\(e\) => .*resolve\)\(this, e\.toTerraform\(\), true\)\);$/m;

/**
 * The AWS provider's generated index, which loads all of its some 1,800 submodules at once, most of
 * the time that a small synthesis takes: here each is a getter that loads on first use.
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
  return getters > 0 && !leftEager ? lines.join('\n') : source;
}

/** A submodule whose blocks fill files of their own, 56 MB for the web application firewall. */
function lazyBlocks(source) {
  return source.replace(STARS, (lines) => {
    const files = Array.from(lines.matchAll(/"(.+)"/g), ([, file]) => file);
    return `Object.setPrototypeOf(exports, module.searched(${JSON.stringify(files)}));`;
  });
}

/** One of these files, which loads others as its functions ask for them. */
function lazyChunk(source) {
  return source.replace(CHUNK, (_, name, file) => `const ${name} = module.searched(["${file}"]);`);
}

/** What the files export. Of several, only those are loaded that list what is asked for. */
function searched(module, files) {
  const exported = new Map();
  const lists = (file, name) => {
    if (!exported.has(file)) exported.set(file, exportedNames(path.resolve(module.path, `${file}.js`)));
    return exported.get(file).has(name);
  };
  const fileOf = (name) =>
    files.length === 1
      ? files[0]
      : files.find((file) => lists(file, name)) || files.find((file) => name in module.require(file));
  const get = (_, name) => {
    if (typeof name === 'symbol') return undefined;
    const file = fileOf(name);
    return file && module.require(file)[name];
  };
  return new Proxy({}, { get, has: (target, name) => get(target, name) !== undefined });
}

/** The names that the compiler lists before the first statement of a file. */
function exportedNames(file) {
  const source = fs.readFileSync(file, 'latin1');
  const list = source.slice(0, source.indexOf('\nconst '));
  return new Set(Array.from(list.matchAll(/exports\.(\w+) = /g), ([, name]) => name));
}

/** Each token remembers where it was made, as a list of Node's own frames: none of ours are there. */
function noStackTrace() {
  return 'module.exports = { captureStackTrace: () => [] };';
}

/**
 * Before it writes stacks, CDKTF resolves each of them once to find references from one to another:
 * there are none, each stack has its own state.
 */
function noPreparation(source) {
  return source.replace(PREPARATION, '');
}

/**
 * jsii's launcher, which starts a second Node process and copies each message between that and Java.
 * Here it becomes the second process: what that reads and writes is this one's standard input and
 * output, and what is printed goes where the launcher would have sent it.
 */
function runtime(source, launcher) {
  const program = path.resolve(launcher, '../../lib/program.js');
  if (!fs.existsSync(program)) return source;
  const { readSync, writeSync } = fs;
  fs.readSync = (fd, ...rest) => readSync(fd === REQUESTS ? 0 : fd, ...rest);
  fs.writeSync = (fd, ...rest) => writeSync(fd === REQUESTS ? 1 : fd, ...rest);
  process.stdout.write = (printed) => {
    const stdout = Buffer.from(printed).toString('base64');
    writeSync(2, `${JSON.stringify({ stdout })}\n`);
    return true;
  };
  // The launcher's own option; jsii looks for it before it links packages instead of copying them.
  process.execArgv.push('--preserve-symlinks');
  return `require(${JSON.stringify(program)});`;
}

const REWRITTEN = [
  [/[\\/]bin[\\/]jsii-runtime\.js$/, runtime],
  [/[\\/](?:cdktf[\\/]lib[\\/]tokens|constructs[\\/]lib)[\\/]private[\\/]stack-trace\.js$/, noStackTrace],
  [/[\\/]cdktf[\\/]lib[\\/]terraform-stack\.js$/, noPreparation],
  [/[\\/]@cdktf[\\/]provider-aws[\\/]lib[\\/]index\.js$/, lazyIndex],
  [/[\\/]@cdktf[\\/]provider-aws[\\/]lib[\\/][\w-]+[\\/](?:index-structs[\\/])?index\.js$/, lazyBlocks],
  [/[\\/]@cdktf[\\/]provider-aws[\\/]lib[\\/][\w-]+[\\/]index-structs[\\/]structs\d+\.js$/, lazyChunk],
];

const load = Module._extensions['.js'];
Module._extensions['.js'] = function (module, filename) {
  const rewritten = REWRITTEN.find(([files]) => files.test(filename));
  if (!rewritten) return load(module, filename);
  module.searched = (files) => searched(module, files);
  const [, rewrite] = rewritten;
  return module._compile(rewrite(fs.readFileSync(filename, 'utf8'), filename), filename);
};
