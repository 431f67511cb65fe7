import type { Language } from '../schemas/service.js';

/** Whose days and numbers a language writes. */
export const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };
