import { compare, one, parseRational, sum } from '@ariane/kernel';
import { drugPayee, receivable, refundDue, refundFrom } from './accounts';
import { checkNames, due, isTrue, notDue, totalOf } from './clause';
import { checkCompleteness } from './completeness';
import type { Instalment, OutcomeComponent, Refund } from './components';
import { type Assessed, assessed, civilDayOf, dueDay, needsOf } from './evidence';
import type { Amount, Awaited, Checker, Kind, Outcome, Run, Transfer } from './kind';
import { partsOf } from './parts';
import { constant, inCents, known } from './rounded';

/**
 * A price in instalments, each due when its evidence is met; refunds where treatment fails in a window. Evidence is met,
 * not met or missing, and missing is read as neither: the instalment is pending from its due day, void after the hold,
 * and still accepted until the last day. (CAR-T in Spain and Italy, rebates in Germany; Roche's PRM in form.)
 */
export const outcome: Kind<OutcomeComponent> = {
  outputs: () => ['', 'paid', 'refund', 'pending', 'lines', 'refunds'],
  speaks: ({ price, instalments, refunds }) => [price, ...[...instalments, ...refunds].map(({ when }) => when)],
  check: (component, checker) => {
    checker.expression('price', component.price, ['money']);
    checkInstalments(component, checker);
    checkRefunds(component, checker);
    const { holdDays, acceptDays } = component.missingEvidence;
    if (Number(acceptDays) < Number(holdDays))
      checker.refuse(
        'missingEvidence',
        'acceptDays is below holdDays',
        'Evidence is accepted at least while it is held.',
      );
  },
  price: (component, run): Outcome => {
    const { document } = run.contract;
    if (component.completeness) checkCompleteness(component.completeness, run);
    const price = inCents(run.evaluate(component.price), document);
    const shares = component.instalments.map(({ id, share }) => ({ to: id, share: String(share) }));
    const parts = partsOf(price, shares, document);
    const states = new Map(component.instalments.map((one) => [one.id, assessed(one, component.missingEvidence, run)]));
    const amountIf = (id: string, ...wanted: readonly Assessed['state'][]): Amount => {
      const [part, state] = [parts.get(id), states.get(id)];
      const { currency } = document;
      if (!part || !state || !wanted.includes(state.state))
        return inCents(notDue(currency, state?.why ?? [], state?.state), document);
      return { cents: part.cents, because: due(known(part), state.why, run).because };
    };
    const lines = new Map(component.instalments.map(({ id }) => [id, amountIf(id, 'paid')]));
    const paid = totalOf([...lines.values()], document.currency);
    const held = new Map(component.instalments.map(({ id }) => [id, amountIf(id, 'pending')]));
    const pending = totalOf([...held.values()], document.currency);
    const bases = new Map([...lines, ['paid', paid], ['price', price]]);
    const refunds = new Map(component.refunds.map((one) => [one.id, refundOf(one, bases, run)]));
    const refund = totalOf([...refunds.values()], document.currency);
    const net = inCents(run.combine('-', [known(paid), known(refund)]), document);
    return {
      amounts: new Map([
        ['', net],
        ['paid', paid],
        ['refund', refund],
        ['pending', pending],
      ]),
      lists: new Map([
        ['lines', lines],
        ['refunds', refunds],
      ]),
      words: new Map([['status', new Map([...states].map(([id, { state }]) => [id, state]))]]),
      transfers: transfersOf(component, lines, refunds, run),
      awaited: instalmentsOf(component, held, run).flatMap((one): readonly Awaited[] =>
        states.get(one.id)?.isMissing === true
          ? [{ ...one.transfer, holdDays: Number(component.missingEvidence.holdDays) }]
          : [],
      ),
      wakes: [...states.values()].flatMap(({ wakesOn }) =>
        wakesOn === undefined ? [] : (civilDayOf(wakesOn, run) ?? []),
      ),
    };
  },
};

function refundOf(refund: Refund, bases: ReadonlyMap<string, Amount>, run: Run): Amount {
  const { document } = run.contract;
  const missing = needsOf(refund).find((name) => !run.has(name));
  if (missing !== undefined) return inCents(notDue(document.currency, [], `${missing} is missing`), document);
  const condition = run.evaluate(refund.when);
  const base = bases.get(refund.of);
  if (!base || !isTrue(condition)) return inCents(notDue(document.currency, [condition], refund.id), document);
  return inCents(due(run.combine('*', [known(base), constant(String(refund.share))]), [condition], run), document);
}

function transfersOf(
  component: OutcomeComponent,
  lines: ReadonlyMap<string, Amount>,
  refunds: ReadonlyMap<string, Amount>,
  run: Run,
): readonly Transfer[] {
  const { document } = run.contract;
  const returned = [...refunds].map(([id, refund]) => ({
    ...{ line: `${component.id}.${id}`, code: 'REFUND_DUE' as const },
    ...{ debit: refundFrom(document), credit: refundDue(document.parties.payer) },
    ...refund,
  }));
  return [...instalmentsOf(component, lines, run).map(({ transfer }) => transfer), ...returned];
}

/** The instalments as money from the payer, each on its due day where the facts say what day 0 was. */
function instalmentsOf(
  component: OutcomeComponent,
  amounts: ReadonlyMap<string, Amount>,
  run: Run,
): readonly { readonly id: string; readonly transfer: Transfer }[] {
  const { document } = run.contract;
  return component.instalments.flatMap((instalment) => {
    const { id } = instalment;
    const amount = amounts.get(id);
    if (!amount) return [];
    const effectiveDay = dueDay(instalment, run);
    const place = { line: `${component.id}.${id}`, code: 'INSTALMENT_DUE' as const };
    const accounts = { debit: receivable(document.parties.payer), credit: drugPayee(document) };
    const day = effectiveDay === undefined ? {} : { effectiveDay };
    return [{ id, transfer: { ...place, ...accounts, ...amount, ...day } }];
  });
}

function checkInstalments({ instalments, refunds }: OutcomeComponent, checker: Checker): void {
  checkNames('instalments', [...instalments, ...refunds], checker);
  const shares = instalments.map(({ share }) => parseRational(String(share)));
  if (compare(sum(shares), one) !== 0)
    checker.refuse('instalments', 'their shares do not make 1', 'Write for example 1/3, 1/3 and 1/3.');
  for (const instalment of instalments) {
    checkCondition(`instalments.${instalment.id}`, instalment, checker);
    checker.expression(`instalments.${instalment.id}.due`, String(instalment.due), ['num']);
  }
}

function checkRefunds({ instalments, refunds }: OutcomeComponent, checker: Checker): void {
  const bases = [...instalments.map(({ id }) => id), 'paid', 'price'];
  for (const refund of refunds) {
    checkCondition(`refunds.${refund.id}`, refund, checker);
    if (!bases.includes(refund.of))
      checker.refuse(`refunds.${refund.id}.of`, `${refund.of} is nothing paid`, `Write one of ${bases.join(', ')}.`);
    if (compare(parseRational(String(refund.share)), one) > 0)
      checker.refuse(`refunds.${refund.id}.share`, 'it is above 1', 'Refund at most what was paid.');
  }
}

function checkCondition(place: string, condition: Instalment | Refund, checker: Checker): void {
  checker.expression(`${place}.when`, condition.when, ['bool']);
  for (const name of needsOf(condition)) {
    if (checker.typeOf(name) === undefined)
      checker.refuse(`${place}.needs`, `${name} is nowhere`, 'Give it in an example.');
  }
}
