const { transform } = require('@swc/core')

/** A webpack loader that takes types and JSX away. */
module.exports = function loader(code, inputMap) {
  const done = this.async()
  const syntax = this.resourcePath.endsWith('.ts') ? 'typescript' : 'ecmascript'
  transform(code, {
    filename: this.resourcePath,
    sourceMaps: true,
    configFile: false,
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax, jsx: true, tsx: true }, transform: { react: { runtime: 'automatic' } } },
    ...(inputMap ? { inputSourceMap: JSON.stringify(inputMap) } : {}),
  }).then(({ code: output, map }) => done(null, output, JSON.parse(map)), done)
}
