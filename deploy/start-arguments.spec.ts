import { parseStartArguments } from './start-arguments.ts';

describe('npm start', () => {
  it('runs everything as processes on the demo ports when nothing is asked', () => {
    expect(parseStartArguments([], {})).toEqual({
      reset: false,
      mode: 'processes',
      portBase: 4100,
      without: [],
      production: false,
    });
  });

  it('takes its choices from arguments and environment', () => {
    const env = { ARIANE_PORT_BASE: '6100', STACK: 'containers', ARIANE_MODE: 'production' };
    expect(parseStartArguments(['--reset', '--without', 'workflows, meetings'], env)).toEqual({
      reset: true,
      mode: 'containers',
      portBase: 6100,
      without: ['workflows', 'meetings'],
      production: true,
    });
  });

  it.each([
    [['--rest'], {}, /Usage: npm start/],
    [['--without', 'worker'], {}, /no service named worker; --without takes portal/],
    [[], { STACK: 'podman' }, /STACK=podman is not known/],
    [[], { ARIANE_PORT_BASE: 'many' }, /port base NaN does not fit/],
  ])('refuses %j with %j in one sentence', (argv, env, sentence) => {
    expect(() => parseStartArguments(argv, env)).toThrow(sentence);
  });
});
