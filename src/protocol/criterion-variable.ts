/** The name by which FHIRPath refers to a criterion: `first-line-physical` becomes `firstLinePhysical`, since `%a-b` would be a subtraction. */
export function criterionVariable(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
