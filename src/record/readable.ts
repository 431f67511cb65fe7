import { isObject, type Json } from '../schemas/json-object.js';
import { isModified } from '../schemas/modified.js';

/** Forms are a few levels deep; beyond this a form says nothing that could be read, and going through it would take minutes. */
const DEEPEST = 32;

/**
 * Whether a resource can be read. It cannot where it says that it, or who did what and why, means something else than it seems to,
 * nor where it holds longer lists than any, its id is longer than any, its status, its code or the form it answers are no such things, nor where the items or answers
 * of a form are no elements (a text or a number in their place would read as a form that was left empty), say that of themselves, or
 * stand deeper in each other than any form's do, nor where an item with an answer does not tell what it answers.
 *
 * @param resource a QuestionnaireResponse or another resource, of any shape
 * @source https://hl7.org/fhir/R4/extensibility.html#modifierExtension
 */
export function isReadable(resource: Json): boolean {
  return (
    !isModified(resource) &&
    (resource.resourceType === 'Bundle' || !hasLongList(resource)) &&
    !isNamedAtLength(resource) &&
    hasItsForm(resource) &&
    PARTS.every((name) => !listOf(resource[name]).some(isModifiedPart)) &&
    areReadable(resource['item'], DEEPEST)
  );
}

function isModifiedPart(part: unknown): boolean {
  return isObject(part) && isModified(part);
}

/** No record comes near it; rules go along such a list many times, for each order of a call. */
const LONGEST_LIST = 1000;

/** Whether it holds a longer list of elements, or of codings of one of its concepts, than any record does; of the entries of a Bundle there may be as many. */
function hasLongList(resource: Json): boolean {
  for (const name in resource) {
    const value = resource[name];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) {
      if (isLong((value as Json)['coding'])) return true;
    } else if (value.length > LONGEST_LIST || value.some(hasManyCodings)) return true;
  }
  return false;
}

function hasManyCodings(concept: unknown): boolean {
  return isObject(concept) && isLong(concept['coding']);
}

function isLong(list: unknown): boolean {
  return Array.isArray(list) && list.length > LONGEST_LIST;
}

/** R4 allows an id 64 characters; an answer names a resource as often as criteria rest on it, for each order of a call. */
const LONGEST_ID = 255;

function isNamedAtLength({ id }: Json): boolean {
  return typeof id === 'string' && id.length > LONGEST_ID;
}

/** Parts of a resource that say who did what, and why. */
const PARTS = ['performer', 'participant', 'diagnosis'] as const;

/**
 * What every rule asks a resource for: a code or a form that is named in another way than R4 has it says nothing that can be read, nor
 * does a measurement that does not tell what was measured.
 */
function hasItsForm({ resourceType, status, questionnaire, code }: Json): boolean {
  if (resourceType === 'Observation' && !tellsWhatItIs(code)) return false;
  return (
    isTextOrAbsent(status) &&
    isTextOrAbsent(questionnaire) &&
    typeof code !== 'number' &&
    typeof code !== 'boolean' &&
    hasReadableWords(code)
  );
}

/** Whether the words of a concept, if there are any, are text. */
function hasReadableWords(concept: unknown): boolean {
  if (!isObject(concept)) return true;
  return isTextOrAbsent(concept['text']) && listOf(concept['coding']).every(hasReadableDisplay);
}

function hasReadableDisplay(coding: unknown): boolean {
  return !isObject(coding) || isTextOrAbsent(coding['display']);
}

/** Whether a CodeableConcept names anything, be it in words; one that is absent with a reason does not. */
export function tellsWhatItIs(concept: unknown): boolean {
  if (!isObject(concept)) return false;
  return (
    hasText(concept['text']) ||
    listOf(concept['coding']).some(
      (coding) => isObject(coding) && (hasText(coding['code']) || hasText(coding['display'])),
    )
  );
}

export function hasText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

/** @param levels that may yet follow, this one among them */
function areReadable(items: unknown, levels: number): boolean {
  if (items === undefined) return true;
  if (levels === 0) return false;
  if (isLong(items)) return false;
  for (const item of listOf(items)) {
    if (!isReadableElement(item, levels)) return false;
    const { answer, linkId } = item as Json;
    const answers = listOf(answer);
    for (const each of answers) if (!isReadableElement(each, levels)) return false;
    if (answers.length > 0 && !hasText(linkId)) return false;
  }
  return true;
}

function isReadableElement(element: unknown, levels: number): boolean {
  return isObject(element) && !isModified(element) && areReadable(element['item'], levels - 1);
}

const NONE: readonly unknown[] = [];

/** Elements that are there; null stands for none, and what should be a list and is none for one element. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return NONE;
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
