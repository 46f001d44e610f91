import type { QuietProbes, StartWaits } from '@ariane/service';
import type { Store } from '@ariane/store';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { organisations, patients, practitioners } from './aggregates.store';
import type { BlindIndex } from './blind-index.store';
import { RegisterSink } from './import/import-sink.store';
import { Imports } from './import/import.store';

/** Imports, with their part in the service's life: they go on at the start, and keep the service from being quiet. */
export function importsOf(store: Store, blind: BlindIndex, waits: StartWaits, quiet: QuietProbes): Imports {
  const hashesOf: BlindIndex['hashesOf'] = (territory, identifiers) => blind.hashesOf(territory, identifiers);
  const sink = new RegisterSink({ store, patients, practitioners, organisations, hashesOf });
  // What waits there is sealed with the territory's key: a temporary folder will do where none is named.
  const folder = process.env.ARIANE_SPOOL_DIR ?? join(tmpdir(), 'ariane-spool');
  const imports = new Imports(store.database, store.keys, sink, folder, () => Date.now());
  waits.add('imports', () => imports.start());
  quiet.add('import', () => Promise.resolve({ quiet: imports.pending === 0, count: imports.pending }));
  return imports;
}
