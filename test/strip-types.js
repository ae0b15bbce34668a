import { stripTypeScriptTypes } from 'node:module';

/** Removes types as Node.js does when the product runs from source: what remains stands where it stood. */
export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
