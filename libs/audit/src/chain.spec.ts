import { merkleRoot } from '@ariane/kernel';
import { type AuditDocument, auditDocument } from '@ariane/store';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { type AuditHead, ChainCheck, type ChainFault, GENESIS, headText, sealedAs } from './chain';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const isSigned = (head: AuditHead) =>
  verify(null, Buffer.from(headText(head)), publicKey, Buffer.from(head.signature, 'base64'));

const written = (at: number): AuditDocument => ({
  ...auditDocument(
    'north',
    [
      {
        ...{ at: '2026-03-02T08:00:00.000Z', actor: 'person:nurse', action: ['read-pathway'], target: ['/pathways/1'] },
        ...{ messageId: `message-${at}`, consumer: 'read', patients: [`patient-${at}`], grounds: ['care-team'] },
      },
    ],
    `document-${at}`,
  ),
  recordedAt: new Date(1_700_000_000_000 + at * 1_000),
});

/** A chain of so many documents, whole and sealed. */
function chainOf(length: number): AuditDocument[] {
  const chain: AuditDocument[] = [];
  for (let at = 1; at <= length; at += 1) chain.push(sealedAs(written(at), at, chain.at(-1)?.hash ?? GENESIS));
  return chain;
}

function headOf(chain: readonly AuditDocument[], first: number, seq: number): AuditHead {
  const hashes = chain.slice(first - 1, seq).map(({ hash }) => hash ?? '');
  const about = { service: 'pathways', territory: 'north', first, seq, at: '2026-03-02T08:00:00.000Z' };
  const content = { ...about, hash: hashes.at(-1) ?? '', root: merkleRoot(hashes) };
  return { ...content, signature: sign(null, Buffer.from(headText(content)), privateKey).toString('base64') };
}

function faultOf(chain: readonly AuditDocument[], heads: readonly AuditHead[] = [], end = chain.at(-1)) {
  const check = new ChainCheck(isSigned);
  for (const document of chain) {
    const fault = check.document(document);
    if (fault !== undefined) return fault;
    const head = heads.find(({ seq }) => seq === document.seq);
    const broken: ChainFault | undefined = head && check.head(head);
    if (broken !== undefined) return broken;
  }
  return check.end({ territory: 'north', seq: end?.seq ?? 0, hash: end?.hash ?? GENESIS });
}

describe('a chain of audit documents', () => {
  const chain = chainOf(6);
  const heads = [headOf(chain, 1, 3), headOf(chain, 4, 6)];

  it('is good as it was sealed, with its heads', () => {
    expect(faultOf(chain, heads)).toBeUndefined();
  });

  it.each([
    ['territory', 'south'],
    ['recordedAt', new Date(0)],
    ['entries', []],
    ['patients', ['somebody-else']],
    ['previous', 'f'.repeat(64)],
    ['hash', 'f'.repeat(64)],
    ['_id', 'another'],
    ['added', 'a field of nobody'],
  ])('names the document whose %s was changed', (field, value) => {
    const tampered = chain.with(2, { ...chain[2]!, [field]: value });
    expect(faultOf(tampered)).toMatchObject({ seq: 3, reason: 'changed' });
  });

  it('names each field of an entry that was changed, or taken away', () => {
    const [entry] = chain[3]!.entries;
    for (const field of Object.keys(entry!)) {
      const entries = [{ ...entry!, [field]: field === 'patients' ? ['other'] : 'changed' }];
      expect(faultOf(chain.with(3, { ...chain[3]!, entries }))).toMatchObject({ seq: 4, reason: 'changed' });
      const without = [Object.fromEntries(Object.entries(entry!).filter(([name]) => name !== field))];
      const shorter = { ...chain[3]!, entries: without as unknown as typeof entries }; // tampered with
      expect(faultOf(chain.with(3, shorter))).toMatchObject({ seq: 4, reason: 'changed' });
    }
  });

  it('names the place of a document that was deleted, also at its end', () => {
    expect(faultOf(chain.toSpliced(1, 1))).toEqual({ seq: 2, id: null, reason: 'missing' });
    expect(faultOf(chain.slice(0, 5), [], chain[5])).toEqual({ seq: 6, id: null, reason: 'missing' });
  });

  it('names the first of two whose places, or contents, were swapped', () => {
    const [a, b] = [chain[1]!, chain[2]!];
    const swapped = chain
      .with(1, { ...b, seq: 2, previous: a.previous })
      .with(2, { ...a, seq: 3, previous: b.previous });
    expect(faultOf(swapped)).toMatchObject({ seq: 2, reason: 'changed' });
    const contents = chain.with(1, { ...a, entries: b.entries }).with(2, { ...b, entries: a.entries });
    expect(faultOf(contents)).toMatchObject({ seq: 2, reason: 'changed' });
  });

  it('names what was put in: under a number that is taken, beyond the end, or long after its time', () => {
    const forged = sealedAs(written(9), 3, chain[1]!.hash!);
    expect(faultOf(chain.toSpliced(3, 0, forged))).toMatchObject({ id: 'document-9', reason: 'inserted' });
    const beyond = [...chain, sealedAs(written(9), 7, chain[5]!.hash!)];
    expect(faultOf(beyond, [], chain[5])).toEqual({ seq: 7, id: null, reason: 'inserted' });
    const old = { ...written(9), recordedAt: new Date(1_600_000_000_000) };
    expect(faultOf([...chain, sealedAs(old, 7, chain[5]!.hash!)])).toMatchObject({ seq: 7, reason: 'inserted' });
  });

  it('names a rewritten end by the head that was signed over the true one', () => {
    const rewritten = chain.slice(0, 4);
    for (let at = 5; at <= 6; at += 1) rewritten.push(sealedAs(written(at + 100), at, rewritten.at(-1)!.hash!));
    expect(faultOf(rewritten)).toBeUndefined(); // the hashes alone cannot tell
    expect(faultOf(rewritten, heads)).toMatchObject({ seq: 6, reason: 'changed' });
  });

  it('names a head that is not signed by our key, or whose one before is gone', () => {
    expect(faultOf(chain, [heads[0]!, { ...heads[1]!, at: '2027-01-01T00:00:00.000Z' }])).toMatchObject({
      seq: 6,
      reason: 'unsigned',
    });
    expect(faultOf(chain, [heads[1]!])).toMatchObject({ reason: 'unsigned' });
  });
});
