import type { Element, Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { Language } from '../words/translate';
import { questionnaireName } from './questionnaire-name';

const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';

/** A text in a language: Dutch as it stands, another by its translation extension, else Dutch. */
function textIn(text: string | undefined, element: Element | undefined, language: Language): string | undefined {
  if (language === 'nl') return text;
  for (const { url, extension = [] } of element?.extension ?? []) {
    const isLanguage = extension.some((part) => part.url === 'lang' && part.valueCode === language);
    const content = extension.find((part) => part.url === 'content')?.valueString;
    if (url === TRANSLATION && isLanguage && content !== undefined) return content;
  }
  return text;
}

/** The questionnaire that a canonical names, whatever its version. */
export function questionnaireOf(
  questionnaires: readonly Questionnaire[],
  canonical: string | undefined,
): Questionnaire | undefined {
  return questionnaires.find(({ url }) => questionnaireName(url) === questionnaireName(canonical));
}

/** The title of the questionnaire that a canonical names, else its name there. */
export function titleOf(
  questionnaires: readonly Questionnaire[],
  canonical: string | undefined,
  language: Language,
): string {
  const known = questionnaireOf(questionnaires, canonical);
  return textIn(known?.title, known?._title, language) ?? questionnaireName(canonical);
}

/** The question of each item, by linkId. */
export function itemTexts(questionnaire: Questionnaire | undefined, language: Language): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const item of allItems(questionnaire)) {
    const text = textIn(item.text, item._text, language);
    if (text !== undefined) texts.set(item.linkId, text);
  }
  return texts;
}

/** The name of each coded answer, by its code. */
export function answerNames(questionnaire: Questionnaire | undefined, language: Language): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { answerOption = [] } of allItems(questionnaire)) {
    for (const { valueCoding } of answerOption) {
      const name = textIn(valueCoding?.display, valueCoding?._display, language);
      if (valueCoding?.code !== undefined && name !== undefined) names.set(valueCoding.code, name);
    }
  }
  return names;
}

function allItems(of: { readonly item?: QuestionnaireItem[] | undefined } | undefined): readonly QuestionnaireItem[] {
  return (of?.item ?? []).flatMap((item) => [item, ...allItems(item)]);
}
