import { z } from 'zod';

/** The body of every error answer. @source FHIR R4 OperationOutcome */
export const operationOutcomeSchema = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.object({
      severity: z.literal('error'),
      code: z.string(),
      details: z.object({
        coding: z.array(z.object({ system: z.string(), code: z.string() })),
        text: z.string(),
      }),
      diagnostics: z.string().optional(),
      expression: z.array(z.string()).optional(),
    }),
  ),
});
