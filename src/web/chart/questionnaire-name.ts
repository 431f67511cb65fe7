/** `pdi`, `hads`, …: the last part of a canonical, without its version. */
export function questionnaireName(canonical: string | undefined): string {
  return (canonical ?? '').split('|')[0]?.split('/').pop() ?? '';
}

/** The project's own forms; every other questionnaire is a scored instrument. */
export function isForm(canonical: string | undefined): boolean {
  return questionnaireName(canonical).startsWith('imsr-');
}
