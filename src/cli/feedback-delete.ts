import { parseArgs } from 'node:util';
import type { Store } from '../store/store.js';
import { askedOf, WRONG_USE } from './wrong-use.js';
import type { Write } from './write.js';

export const FEEDBACK_DELETE_USAGE = `imsr-cds feedback delete --client ID --yes

Removes every receipt of a client's cards and all feedback about them, for good.
What a running service has still to write comes after it: that of the last moments, or of an outage. Run it again then.
`;

/**
 * `imsr-cds feedback delete`: removes what is kept about one client's cards.
 *
 * @param args what stands after `feedback delete`
 * @returns exit code: 0 when removed (also when there was nothing), 2 on wrong use
 */
export async function feedbackDeleteCommand(
  store: Pick<Store, 'deleteClient'>,
  args: readonly string[],
  write: Write,
): Promise<number> {
  const asked = askedOf(() => readArguments(args), FEEDBACK_DELETE_USAGE, write);
  if (asked === undefined) return WRONG_USE;
  const { receipts, feedback } = await store.deleteClient(asked.clientId);
  write(`Removed: ${receipts} receipts, ${feedback} feedback items.\n`);
  return 0;
}

/** What is asked for, or what is wrong with how it is asked. */
function readArguments(args: readonly string[]): { readonly clientId: string } | string {
  const { values } = parseArgs({
    args: [...args],
    options: { client: { type: 'string' }, yes: { type: 'boolean' } },
  });
  if (values.client === undefined || values.client === '') return 'Name the client.';
  // It cannot be undone, so it is not done by a slip.
  if (values.yes !== true) return 'Say --yes: what is removed cannot be brought back.';
  return { clientId: values.client };
}
