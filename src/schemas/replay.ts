/**
 * Remembers which client tokens were used, so that none is used twice.
 *
 * A process has it in memory (`src/auth`); several instances share it through the store, which also outlives a restart.
 */
export interface ReplayGuard {
  /**
   * Claims a token for this call. Of any number of claims of the same pair, at any instance, exactly one gets `true`
   * until `expiresAtMs`.
   *
   * @param issuer the verified `iss`; two issuers may use the same `jti`
   * @param jti the verified token id, 1 to 255 characters
   * @param expiresAtMs instant after which the token is refused anyway (its `exp` plus the clock skew) and may be forgotten
   * @returns `false` when the token was used before
   * @throws when it cannot tell (the store is down, the memory is full)
   * @source https://cds-hooks.hl7.org/STU2/#trusting-cds-clients (`jti`)
   */
  claim(issuer: string, jti: string, expiresAtMs: number): Promise<boolean>;
}
