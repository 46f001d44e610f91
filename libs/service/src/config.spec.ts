import { readConfig } from './config';

const needed = {
  PORT: '4101',
  ARIANE_ISSUER_URL: 'http://127.0.0.1:4112/',
  ARIANE_SERVICE_SECRET_FILE: 'secrets.json',
};

describe('the environment', () => {
  it('is production on loopback unless it says otherwise', () => {
    expect(readConfig(needed)).toEqual({
      mode: 'production',
      host: '127.0.0.1',
      port: 4101,
      issuerUrl: 'http://127.0.0.1:4112',
      jwksUrl: 'http://127.0.0.1:4112/.well-known/jwks.json',
      serviceSecretFile: 'secrets.json',
      bodyBytesMax: 262_144,
      requestTimeoutMs: 15_000,
      rateLimitPerMinute: 0,
      stopTimeoutMs: 10_000,
    });
  });

  it('is refused as a whole: every wrong key is listed with what is allowed', () => {
    const wrong = {
      PORT: '70000',
      ARIANE_MODE: 'prod',
      ARIANE_ISSUER_URL: 'ftp://x',
      ARIANE_REQUEST_TIMEOUT_MS: '1e9',
    };
    const read = () => readConfig(wrong);
    expect(read).toThrow('PORT must be a whole number from 0 to 65535');
    expect(read).toThrow('ARIANE_MODE must be one of production, demo, test');
    expect(read).toThrow('ARIANE_ISSUER_URL must be an http or https address');
    expect(read).toThrow('ARIANE_SERVICE_SECRET_FILE is missing');
    expect(read).toThrow('ARIANE_REQUEST_TIMEOUT_MS must be a whole number from 100 to 300000');
  });

  it.each([undefined, 'production'])('refuses the demo clock when the mode is %s', (mode) => {
    const read = () => readConfig({ ...needed, ARIANE_MODE: mode, ARIANE_CLOCK_FILE: 'clock.json' });
    expect(read).toThrow('ARIANE_CLOCK_FILE is refused when ARIANE_MODE is production');
  });

  it('takes the demo clock in a demo', () => {
    expect(readConfig({ ...needed, ARIANE_MODE: 'demo', ARIANE_CLOCK_FILE: 'clock.json' }).clockFile).toBe(
      'clock.json',
    );
  });

  it('treats an empty key as absent', () => {
    expect(readConfig({ ...needed, ARIANE_MODE: '', ARIANE_CLOCK_FILE: '' })).toMatchObject({ mode: 'production' });
  });
});
