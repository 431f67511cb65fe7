import { z } from 'zod';

/** The answer of `GET {baseUrl}/cds-services`. @source CDS Hooks 2.0.1, Discovery / Response */
export const discoverySchema = z.object({
  services: z.array(
    z.object({
      hook: z.string(),
      title: z.string().optional(),
      description: z.string(),
      id: z.string(),
      prefetch: z.record(z.string(), z.string()).optional(),
      usageRequirements: z.string().optional(),
    }),
  ),
});
