import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actInWords, rolesInWords, toldReads, whyInWords } from './words';

const services = join(__dirname, '../../../services');

/** The codes of all reads that are declared in the services. */
function declaredReads(): string[] {
  const files = readdirSync(services, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\/src\/.*\.controller\.ts$/.test(file) && !file.includes('node_modules'),
  );
  return files.flatMap((file) =>
    [...readFileSync(join(services, file), 'utf8').matchAll(/@Discloses\('([\w-]+)'/g)].map(([, code]) => code ?? ''),
  );
}

describe('the audit in plain words', () => {
  it('has words for every read that a service declares', () => {
    const codes = declaredReads();
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !toldReads.has(code))).toEqual([]);
  });

  it('says what, why and in which role, in both languages', () => {
    expect(actInWords(['read-pathway'], 'fr')).toBe('a consulté votre parcours');
    expect(actInWords(['OpinionGiven'], 'fr')).toBe('a répondu à une demande d’avis');
    expect(whyInWords(['care-team'], 'en')).toBe('is a member of your care team');
    expect(whyInWords([], 'fr')).toBe('dans le cadre de ses fonctions');
    expect(rolesInWords(['coordinator', 'specialist'], 'fr')).toBe('coordination des parcours, médecin spécialiste');
  });

  it('says of a fact that it does not know that the file was updated, and never its code', () => {
    expect(actInWords(['StepLate'], 'en')).toBe('updated your file');
  });

  it('H2: holds no word that tells what somebody has', () => {
    const telling = /cancer|tumeur|tumour|onco|chimio|chemo|radioth|rcp|dialys|rein|kidney/i;
    for (const code of toldReads) {
      expect(actInWords([code], 'fr')).not.toMatch(telling);
      expect(actInWords([code], 'en')).not.toMatch(telling);
    }
  });
});
