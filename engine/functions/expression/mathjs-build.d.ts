/** The build of mathjs in one file: the same functions, loaded three times as fast as the modules. */
declare module 'mathjs/lib/browser/math.js' {
  const math: { parse(text: string): unknown }

  export { math as default }
}
