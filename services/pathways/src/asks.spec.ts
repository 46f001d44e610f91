import { invariant } from '@ariane/kernel';
import type { StepDocument } from '@ariane/protocol';
import { askFor } from './asks';
import { advanceAt, enrol, lived, plannerWith, start } from './pathway.fixture';
import { smallProtocol } from './protocol.fixture';

const { state } = lived(plannerWith(smallProtocol), enrol, advanceAt(start));
const [step] = state.steps;
const found = smallProtocol.document.steps.find(({ kind }) => kind === 'tele-expertise');

const bodyWith = (changes: object) => {
  invariant(step !== undefined && found !== undefined, 'the small protocol has both');
  const document: StepDocument = { ...found, ...changes };
  return askFor(state, step, document, { care: start, machine: start })?.body;
};

describe('what is asked of an expert', () => {
  it('names the answers that the pathway goes on with, so that the expert signs one of them', () => {
    const body = bodyWith({
      doneBy: { fact: 'opinion.given', in: ['malignant', 'benign'] },
      failedBy: [{ fact: 'opinion.given', in: ['ambiguous'] }],
    });
    expect(body).toMatchObject({ conclusions: ['malignant', 'benign', 'ambiguous'] });
  });

  it('names none where any answer will do', () => {
    expect(bodyWith({})).not.toHaveProperty('conclusions');
  });
});
