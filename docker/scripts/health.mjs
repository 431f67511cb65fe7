/** Exit 0 when the service in this container is alive, else 1. Needs no shell and no tool but node. */
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { env, exit } from 'node:process';

/** As the service reads its settings: without spaces around them, and one that is empty is not set. */
const setting = (name, unset) => env[name]?.trim() || unset;

const host = setting('HOST', '127.0.0.1');
/** A service that listens on every interface is asked on this machine's own. */
const OF_EVERY_INTERFACE = { '0.0.0.0': '127.0.0.1', '::': '::1' };
const overTls = setting('TLS_CERT_FILE') !== undefined;
const options = {
  host: OF_EVERY_INTERFACE[host] ?? host,
  port: Number(setting('PORT', '8080')),
  path: '/health/live',
  timeout: 2_500,
  // The certificate names the public host, not this address.
  ...(overTls ? { rejectUnauthorized: false } : {}),
};

const request = (overTls ? getHttps : getHttp)(options, (response) => exit(response.statusCode === 200 ? 0 : 1));
request.on('timeout', () => exit(1));
request.on('error', () => exit(1));
