import { isFhirId } from '../schemas/fhir-id.js';

/** The hook's context: only its root-level fields of a simple type can fill a token. */
export type ContextFields = Readonly<Record<string, unknown>>;

export type FilledTemplate = { readonly path: string } | { readonly unfillable: string };

const TOKEN = /\{\{([^{}]*)\}\}/g;

/**
 * Fills the `{{…}}` tokens of a prefetch template from the hook's context. Values must be a FHIR id, or `Type/id` for
 * `context.userId`; they are percent-encoded.
 *
 * @returns the path relative to the FHIR base; or the name of the token that the context cannot fill
 * @source https://cds-hooks.hl7.org/STU2/#prefetch-tokens
 */
export function fillTemplate(template: string, context: ContextFields): FilledTemplate {
  let unfillable: string | undefined;
  const path = template.replace(TOKEN, (_whole, name: string) => {
    const value = tokenValue(name.trim(), context);
    if (value === undefined) unfillable ??= name.trim();
    return value ?? '';
  });
  if (unfillable !== undefined) return { unfillable };
  return path.includes('{{') || path.includes('}}') ? { unfillable: 'malformed token' } : { path };
}

function tokenValue(name: string, context: ContextFields): string | undefined {
  const field = /^context\.([A-Za-z][A-Za-z0-9]*)$/.exec(name)?.[1];
  if (field === undefined) return undefined;
  const value = context[field];
  if (field === 'userId') return typedReference(value);
  return isFhirId(value) ? encodeURIComponent(value) : undefined;
}

function typedReference(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [type, id, ...rest] = value.split('/');
  if (type === undefined || !/^[A-Z][A-Za-z]+$/.test(type) || !isFhirId(id) || rest.length > 0) return undefined;
  return `${type}/${encodeURIComponent(id)}`;
}
