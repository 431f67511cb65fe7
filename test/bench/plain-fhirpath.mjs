import { register } from 'node:module';

/**
 * Loaded before the service, which runs from source for that: every rule then runs on fhirpath.js as it is. For comparison only; the
 * service itself has no such setting.
 */
const hooks = `
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  if (!specifier.endsWith('/fhirpath/compile.js')) return resolved;
  return { url: resolved.url + '?plain', format: 'module', shortCircuit: true };
}
export async function load(url, context, next) {
  if (!url.endsWith('/fhirpath/compile.ts?plain')) return next(url, context);
  const reference = url.replace('compile.ts?plain', 'reference.js');
  return { format: 'module', shortCircuit: true, source: 'export { compileReference as compileExpression } from ' + JSON.stringify(reference) + ';' };
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
