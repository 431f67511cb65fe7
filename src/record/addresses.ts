import { BlockList, isIP } from 'node:net';

/**
 * What an address is to this service: `public`, `private` (inside an organisation or this machine) or `forbidden`
 * (never the address of a FHIR server: link-local with the cloud metadata services, multicast, reserved, translated).
 */
export type AddressKind = 'public' | 'private' | 'forbidden';

// IANA special-purpose registries, https://www.iana.org/assignments/iana-ipv4-special-registry and …-ipv6-…
const PRIVATE = listOf(
  [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
  ],
  [
    ['::1', 128],
    ['fc00::', 7],
  ],
);

const FORBIDDEN = listOf(
  [
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
    // Metadata of Alibaba Cloud, in shared address space.
    ['100.100.100.200', 32],
    // Platform services of Azure, which seem public and answer each machine there.
    ['168.63.129.16', 32],
  ],
  [
    // Metadata of AWS, in unique local space.
    ['fd00:ec2::254', 128],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ],
);

/** Of IPv6 only this block is handed out; what lies outside it is private or forbidden. */
const GLOBAL_UNICAST = listOf([], [['2000::', 3]]);

/** Tells what kind of address this is; text that is no IP address is `forbidden`. */
export function addressKind(address: string): AddressKind {
  const version = isIP(address);
  if (version === 0) return 'forbidden';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  // An IPv4-mapped IPv6 address is checked by BlockList against the IPv4 rules too.
  if (FORBIDDEN.check(address, family)) return 'forbidden';
  if (PRIVATE.check(address, family)) return 'private';
  return family === 'ipv4' || GLOBAL_UNICAST.check(address, family) ? 'public' : 'forbidden';
}

/** Whether a connection to this address may be made. */
export function addressAllowed(address: string, privateAddressesAllowed: boolean): boolean {
  const kind = addressKind(address);
  return kind === 'public' || (kind === 'private' && privateAddressesAllowed);
}

function listOf(v4: readonly (readonly [string, number])[], v6: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of v4) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of v6) list.addSubnet(network, prefix, 'ipv6');
  return list;
}
