const { transformSync } = require('@swc/core')

/** A webpack loader that takes types and JSX away. */
module.exports = function loader(source) {
  const syntax = this.resourcePath.endsWith('.ts') ? 'typescript' : 'ecmascript'
  const { code, map } = transformSync(source, {
    filename: this.resourcePath,
    sourceMaps: true,
    configFile: false,
    swcrc: false,
    jsc: {
      target: 'es2022',
      parser: { syntax, jsx: true, tsx: true },
      transform: { react: { runtime: 'automatic' } },
    },
  })
  this.callback(null, code, JSON.parse(map))
}
