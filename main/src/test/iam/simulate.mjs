// Answers what IAM would say: `node simulate.mjs QUESTIONS ANSWERS`, both JSON files. A question names its policies by
// their place in the file's list of policies; an answer is Allowed, ImplicitlyDenied, ExplicitlyDenied or what is wrong
// with the question.

import { readFile, writeFile } from 'node:fs/promises'
import { createValidatedPolicy, validateEndpointPolicy, validateIdentityPolicy, validateResourcePolicy } from '@cloud-copilot/iam-policy'
import { anonymousPrincipal, runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate'

const ANONYMOUS = 'anonymous'

// Keys of real requests that the simulator's list of keys by action lacks: Lambda sends the first with every call of a
// function's role, KMS makes the second of the name of each entry of an encryption context, colons included.
const UNLISTED = /^(lambda:SourceFunctionArn|kms:EncryptionContext:.+)$/i

const { policies, questions } = JSON.parse(await readFile(process.argv[2], 'utf8'))

const checked = { [validateIdentityPolicy.name]: [], [validateResourcePolicy.name]: [], [validateEndpointPolicy.name]: [] }

// A policy is checked once, however many questions name it.
function policy(place, check) {
  return (checked[check.name][place] ??= createValidatedPolicy(policies[place], check, { name: `policy ${place}` }))
}

function named(places, check) {
  return places.map((place) => ({ name: `policy ${place}`, policy: policy(place, check) }))
}

function simulation(question) {
  const { principal, action, resource, accountId, context } = question
  return {
    request: {
      principal: principal === ANONYMOUS ? anonymousPrincipal : principal,
      action,
      resource: { resource, accountId },
      contextVariables: context
    },
    identityPolicies: named(question.identity, validateIdentityPolicy),
    resourcePolicy: question.resourcePolicy === null ? undefined : policy(question.resourcePolicy, validateResourcePolicy),
    vpcEndpointPolicies: question.endpoint.length ? named(question.endpoint, validateEndpointPolicy) : undefined,
    serviceControlPolicies: [],
    resourceControlPolicies: []
  }
}

async function answer(question) {
  const asked = simulation(question)
  const response = await runSimulation(asked, {})
  if (response.resultType === 'error') {
    return `cannot be asked: ${JSON.stringify(response.errors)}`
  }
  const results = response.resultType === 'single' ? [response.result] : response.results
  const ignored = [...new Set(results.flatMap((result) => result.ignoredContextKeys ?? []))]
  const unknown = ignored.filter((key) => !UNLISTED.test(key))
  if (unknown.length) {
    return `cannot be asked: ${question.action} has no condition key ${unknown.join(', ')}`
  }
  return ignored.length ? runUnsafeSimulation(asked, {}) : response.overallResult
}

const answers = []
for (const question of questions) {
  answers.push(await answer(question))
}
await writeFile(process.argv[3], JSON.stringify(answers))
