import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { root } from './read-deploy-files.js';

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the scripts of the image as the image does: with node, from the root of the project. */
export function runScript(name: string, env: Readonly<Record<string, string>>): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [`docker/scripts/${name}`],
      { cwd: fileURLToPath(root), env: { PATH: process.env['PATH'] ?? '', ...env }, timeout: 30_000 },
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** A real server on loopback for as long as `use` takes. */
export async function withServer<T>(
  answer: RequestListener,
  use: (port: number) => Promise<T>,
  at = { host: '127.0.0.1', port: 0 },
): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(at.port, at.host, resolve));
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
