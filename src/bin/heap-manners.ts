import v8 from 'node:v8';

/** A half of the young generation that has this size grows no further; V8 would go to 16 MB, and both halves stay resident. */
const YOUNG_HALF_BYTES = 8 * 1024 * 1024;
/** By how much the old generation may grow beyond what was alive before it is cleaned up; V8 would let it grow fourfold. */
const OLD_GROWTH_PERCENT = 100;
const LOOK_EVERY_MS = 100;

// Nearly all that is made while the service starts stays: room for what dies young would only be left over. V8 reads
// these flags each time that it decides, so they may be set here, in the module that is imported first.
growYoungBy(1);
v8.setFlagsFromString(`--heap-growing-percent=${OLD_GROWTH_PERCENT}`);

/**
 * To be called once the service is ready: from now on the young generation grows with the load. V8 shrinks it when there
 * is little to do, so it is looked at for as long as the process runs. Figures in ADR 0090.
 */
export function youngHeapFollowsLoad(): void {
  growYoungBy(2);
  setInterval(() => growYoungBy(youngHalf() < YOUNG_HALF_BYTES ? 2 : 1), LOOK_EVERY_MS).unref();
}

function growYoungBy(factor: 1 | 2): void {
  v8.setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

function youngHalf(): number {
  const young = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  return (young?.space_size ?? 0) / 2;
}
