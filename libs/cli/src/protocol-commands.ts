import { checkProtocolText, loadProtocol } from '@ariane/protocol';
import { type Command, operandOf } from './command';
import { BadInput } from './failure';
import { readDocument } from './read-document';

export const protocolCommands: readonly Command[] = [
  {
    name: 'protocol check',
    usage: 'FILE',
    about: 'says all that is wrong with a care protocol (JSON or YAML), with lines; plays its examples',
    operands: ['FILE'],
    run: (invocation) => {
      const file = operandOf(invocation, 0);
      const { text } = readDocument(invocation.folder, file);
      const faults = checkProtocolText(text);
      if (faults.length > 0) {
        const lines = faults.map(({ line, pointer, message }) => {
          const place = line === undefined ? file : `${file}:${line}`;
          return `${place} ${pointer === '' ? '/' : pointer}: ${message}`;
        });
        const summary = `${file} is refused: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`;
        throw new BadInput([...lines, summary].join('\n'), { valid: false, faults });
      }
      const { document, sha256 } = loadProtocol(text);
      const { id, version, steps, examples } = document;
      return {
        value: { valid: true, id, version, sha256, steps: steps.length, examples: examples.length },
        lines: [
          `${id}, version ${version}: steps ${steps.length}, examples passed ${examples.length}; sha256 ${sha256}`,
        ],
      };
    },
  },
];
