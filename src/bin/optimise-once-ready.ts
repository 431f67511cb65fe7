import v8 from 'node:v8';

// Nearly all that runs while the service starts runs then alone: machine code that V8's optimising compiler makes of it costs a
// third of the start's CPU and stays in memory. V8 reads this flag each time that it decides. Figures in ADR 0090.
v8.setFlagsFromString('--no-opt');

/** To be called once the service is ready: from now on V8 optimises what runs often. */
export function optimiseFromNowOn(): void {
  v8.setFlagsFromString('--opt');
}
