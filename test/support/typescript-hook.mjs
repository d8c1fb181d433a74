import { registerHooks } from 'node:module';

/**
 * Lets plain Node load this project's TypeScript: it strips the types itself, but takes `./x.js` literally.
 * Jest's global setup runs outside Jest's own module loader and needs this.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const fromTypeScript =
      context.parentURL?.endsWith('.ts') && !context.parentURL.includes('/node_modules/');
    const toSource = fromTypeScript && /^\.{1,2}\/.*\.js$/.test(specifier);
    return nextResolve(toSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
