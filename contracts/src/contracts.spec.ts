import { Kind, type TSchema } from '@sinclair/typebox';
import { allEvents, faultsOf, faultyExamples } from './index';

/** Every leaf of a schema, by its path. */
function leaves(schema: TSchema, path: string): { path: string; schema: TSchema }[] {
  const children: unknown = schema.properties;
  if (typeof children === 'object' && children !== null) {
    return Object.entries(children).flatMap(([name, child]) => leaves(child as TSchema, `${path}.${name}`));
  }
  if (schema.items !== undefined) return leaves(schema.items as TSchema, `${path}[]`);
  return [{ path, schema }];
}

describe('the published language', () => {
  it('keeps every example true to its own contract', () => {
    expect(faultyExamples()).toEqual([]);
  });

  it('gives every field of every event a privacy class', () => {
    const unclassified = allEvents
      .flatMap((contract) => leaves(contract.data, contract.type))
      .filter(({ schema }) => !['direct', 'indirect', 'health', 'none'].includes(schema.privacy as string));
    expect(unclassified.map(({ path }) => path)).toEqual([]);
    expect(allEvents[0]?.data[Kind]).toBe('Object');
  });

  it('names events ariane.<service>.<Fact>.v<n>, each once', () => {
    const types = allEvents.map((contract) => contract.type);
    expect(new Set(types).size).toBe(types.length);
    for (const type of types) expect(type).toMatch(/^ariane\.[a-z-]+\.[A-Z][A-Za-z]+\.v\d+$/);
  });

  it('refuses a field that the contract does not know, and says where without quoting it', () => {
    const [contract] = allEvents;
    const faults = faultsOf(contract!.type, { ...contract!.example, surprise: 'canary' });
    expect(faults.join()).toContain('additional properties');
    expect(faults.join()).not.toContain('canary');
  });

  it('classifies the traits that name a person as direct', () => {
    const registered = allEvents.find((contract) => contract.fact === 'PatientRegistered');
    const direct = leaves(registered!.data, '').filter(({ schema }) => schema.privacy === 'direct');
    expect(direct.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['.familyName', '.givenNames[]', '.birthDate', '.identifiers[].value']),
    );
  });
});
