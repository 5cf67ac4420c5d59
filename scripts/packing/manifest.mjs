// Checks of what a package says about itself.
const RUN_AT_INSTALL = ['preinstall', 'install', 'postinstall', 'prepare']

const EXPECTED = {
  license: 'MIT',
  type: 'module',
  sideEffects: false,
}

const faultsOfFields = (manifest) =>
  Object.entries(EXPECTED)
    .filter(([field, value]) => manifest[field] !== value)
    .map(([field, value]) => `"${field}" in package.json is ${manifest[field]}, not ${value}`)

const faultsOfNeeds = ({ description, engines, exports, files }) => [
  ...(description ? [] : ['no description']),
  ...(engines?.node ? [] : ['"engines" names no Node']),
  ...(exports?.['./package.json'] ? [] : ['"exports" leaves out ./package.json']),
  ...(files?.length ? [] : ['no list of "files"']),
]

/** Provenance needs a public package, published by a job that signs. */
const faultsOfPublishing = ({ publishConfig }) =>
  publishConfig?.access === 'public' && publishConfig.provenance === true
    ? []
    : ['"publishConfig" must be {"access": "public", "provenance": true}']

/** Whoever installs us runs nothing of ours. */
const faultsOfScripts = ({ scripts = {} }) =>
  RUN_AT_INSTALL.filter((name) => name in scripts).map((name) => `script "${name}" would run at installation`)

/** Packages are published together, each asking for the others as they are now. */
const faultsOfSiblings = ({ dependencies = {} }, all) =>
  all
    .filter(({ name, manifest }) => name in dependencies && dependencies[name] !== manifest.version)
    .map(({ name, manifest }) => `depends on ${name} ${dependencies[name]}, which is ${manifest.version} now`)

const faultsOfUnpublished = ({ dependencies = {} }, all) =>
  Object.keys(dependencies)
    .filter((name) => name.startsWith('@foghorn/') && !all.some((one) => one.name === name))
    .map((name) => `depends on ${name}, which is not published`)

export const faultsOfManifest = ({ manifest }, all) => [
  ...faultsOfFields(manifest),
  ...faultsOfNeeds(manifest),
  ...faultsOfPublishing(manifest),
  ...faultsOfScripts(manifest),
  ...faultsOfSiblings(manifest, all),
  ...faultsOfUnpublished(manifest, all),
]
