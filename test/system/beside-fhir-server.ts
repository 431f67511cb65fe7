import { afterAll, beforeAll } from 'vitest';
import type { Log } from '../../src/schemas/log.js';
import { type ScriptedFhirServer, startScriptedServer } from '../record/scripted-fhir-server.js';
import { type ComposedService, composeForTest } from './composed-service.js';

export interface BesideFhirServer {
  readonly fhir: ScriptedFhirServer;
  readonly service: ComposedService;
}

/** The whole service and a FHIR server that it may call; both run while the tests of a suite do. */
export function useServiceBesideFhirServer(log?: Log): BesideFhirServer {
  let fhir: ScriptedFhirServer;
  let service: ComposedService;
  beforeAll(async () => {
    fhir = await startScriptedServer();
    service = await composeForTest({ DEV_FHIR_SERVERS: fhir.base }, log);
  }, 60_000);
  afterAll(async () => {
    await service.close();
    await fhir.close();
  });
  return {
    get fhir() {
      return fhir;
    },
    get service() {
      return service;
    },
  };
}
