import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decisionKinds, deferralReasons, modes, orientationsOf, places, sides } from './decision-codes';

const described = JSON.parse(
  readFileSync(join(__dirname, '../../../../../../contracts/openapi/meetings.json'), 'utf8'),
) as {
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>> }>
    >;
  };
}; // the committed description

const codesOf = (schema: string, field: string): readonly string[] =>
  [...(described.components.schemas[schema]?.properties[field]?.enum ?? [])].sort();

describe('what the page offers to sign', () => {
  it.each([
    ['decisions', 'DecisionBody', 'decision', decisionKinds],
    ['orientations', 'DecisionBody', 'orientation', [...new Set(Object.values(orientationsOf).flat())]],
    ['sides', 'DecisionBody', 'side', sides],
    ['reasons to defer', 'DeferralBody', 'reason', deferralReasons],
    ['ways to attend', 'AttendeeBody', 'mode', modes],
    ['places', 'MeetingBody', 'place', places],
  ] as const)('is what the service takes: %s', (_, schema, field, offered) => {
    expect([...offered].sort()).toEqual(codesOf(schema, field));
  });
});
