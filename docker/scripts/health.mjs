/** Exit 0 when the service in this container is alive, else 1. Needs no shell and no tool but node. */
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { env, exit } from 'node:process';

const overTls = env.TLS_CERT_FILE !== undefined && env.TLS_CERT_FILE !== '';
const options = {
  host: '127.0.0.1',
  port: Number(env.PORT ?? 8080),
  path: '/health/live',
  timeout: 2_500,
  // The certificate names the public host, not this loopback address.
  ...(overTls ? { rejectUnauthorized: false } : {}),
};

const request = (overTls ? getHttps : getHttp)(options, (response) => exit(response.statusCode === 200 ? 0 : 1));
request.on('timeout', () => exit(1));
request.on('error', () => exit(1));
