import { type LogFields, makeLog } from './logger';
import { NestLogger } from './nest-logger';
import { inSpan } from './trace';
import './register';

const canary = 'Canari';

function recorder(level = 'debug') {
  const lines: string[] = [];
  const log = makeLog({ service: 'scheduling', level, destination: { write: (line) => void lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

/** What a careless caller may pass in spite of the types. */
const careless = (fields: Record<string, unknown>) => fields as LogFields; /* the very point of the test */

describe('a log line', () => {
  it('is JSON with time, level, service, sentence, allowed fields and the trace', async () => {
    const { log, last } = recorder();
    await inSpan('test', { parent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }, () => {
      log.info('The relay has sent a batch.', { count: 12, topic: 'ariane.scheduling' });
    });
    expect(last()).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
      level: 'info',
      service: 'scheduling',
      msg: 'The relay has sent a batch.',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      count: 12,
      topic: 'ariane.scheduling',
    });
  });

  it.each<[string, LogFields]>([
    ['a field outside the list', careless({ patientName: canary, birthDate: '1971-03-02', params: { name: canary } })],
    ['an object under an allowed field', careless({ code: { name: canary } })],
    ['a sentence under an allowed field', { reason: `Madame ${canary} est absente` }],
    ['an error’s message', { error: new Error(`${canary} is not a date`) }],
    ['a message that looks like a stack', { error: new Error(`x\n    at ${canary} (file.ts:1:1)\n    at ${canary}`) }],
    ['an error’s cause', { error: new Error('outer', { cause: new TypeError(canary) }) }],
    [
      'an error’s params and fields',
      { error: Object.assign(new Error('x'), { params: { name: canary }, keyValue: canary }) },
    ],
    [
      'an error’s name and code',
      { error: Object.assign(new Error('x'), { name: `Mme ${canary}`, code: `Mme ${canary}` }) },
    ],
    ['something thrown that is no error', { error: canary }],
    ['a getter', careless({ code: { toString: () => canary } })],
  ])('never holds %s', (_, fields) => {
    const { log, lines } = recorder();
    log.error('A thing failed.', fields);
    expect(lines).toHaveLength(1);
    expect(lines.join('')).not.toMatch(/Canari|1971/);
  });

  it('tells an error by its class, code and frames', () => {
    const { log, last } = recorder();
    const error = Object.assign(new TypeError(canary, { cause: new RangeError('x') }), { code: 'ECONNREFUSED' });
    log.error('A thing failed.', { error });
    expect(last().error).toMatchObject({
      errorName: 'TypeError',
      errorCode: 'ECONNREFUSED',
      stack: expect.stringContaining('logger.spec.ts') as unknown,
      cause: { errorName: 'RangeError' },
    });
  });

  it('masks ids in routes, and keeps an event’s id', () => {
    const { log, last } = recorder();
    const eventId = '018f4b5e-7c2d-7a10-8b3e-1f2a3b4c5d6e';
    log.warn('A thing is late.', { route: `/patients/${eventId}?q=1`, eventId });
    expect(last()).toMatchObject({ route: '/patients/:id', eventId });
  });

  it('is a sentence known at compile time: one made at run time does not type', () => {
    const { log } = recorder('silent');
    const name: string = canary;
    // @ts-expect-error -- a template filled at run time is a string, not a known sentence
    log.info(`Patient ${name} was enrolled.`);
    log.info('A patient was enrolled.');
  });

  it('is left out below the level', () => {
    const { log, lines } = recorder('warn');
    log.info('Said to nobody.');
    log.warn('Said.');
    expect(lines).toHaveLength(1);
  });
});

describe('a line of a library, through Nest', () => {
  it.each(['log', 'debug', 'verbose', 'warn', 'error', 'fatal'] as const)(
    'by %s is withheld but for its context',
    (level) => {
      const { log, lines, last } = recorder();
      new NestLogger(log)[level](`Cannot save ${canary}`, `Error: ${canary}\n    at x (y.ts:1:1)`, 'Mongoose');
      expect(last()).toMatchObject({ context: 'Mongoose' });
      expect(lines.join('')).not.toContain(canary);
    },
  );

  it('without a context tells nothing of its parts', () => {
    const { log, lines } = recorder();
    new NestLogger(log).error(new Error(canary));
    new NestLogger(log).warn({ name: canary }, { name: canary });
    new NestLogger(log).warn(canary);
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toContain(canary);
  });
});
