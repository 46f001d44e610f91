import { dictionaryOf, vocabularyOf } from './compile';
import { ConditionFault } from './condition-value';
import type { ProtocolDocument } from './document';
import { type Fault, fault, meant, type Path } from './fault';
import { parseCondition } from './parse-condition';

/** Faults of a condition: its form, and every name, type, value and unit in it. */
export function conditionFaults(document: ProtocolDocument, text: string | undefined, path: Path): readonly Fault[] {
  if (text === undefined) return [];
  try {
    parseCondition(text, vocabularyOf(document));
    return [];
  } catch (error) {
    if (error instanceof ConditionFault) {
      return [fault(error.kind, path, `the condition ${text}: ${error.message}`, error.remedy)];
    }
    throw error;
  }
}

export const stepFault = (document: ProtocolDocument, id: string | undefined, path: Path): readonly Fault[] =>
  id === undefined || document.steps.some((step) => step.id === id)
    ? []
    : [
        fault(
          'name',
          path,
          `"${id}" is not a step`,
          meant(id, [...document.steps.map((step) => step.id), 'enrolment'], 'Name a step of this protocol.'),
        ),
      ];

export const factFault = (document: ProtocolDocument, code: string, path: Path): readonly Fault[] =>
  code in dictionaryOf(document)
    ? []
    : [
        fault(
          'name',
          path,
          `"${code}" is not a known fact`,
          meant(code, Object.keys(dictionaryOf(document)), 'Define it under "facts" with its type and unit.'),
        ),
      ];

export const roleFault = (document: ProtocolDocument, role: string, path: Path): readonly Fault[] =>
  role in document.roles
    ? []
    : [
        fault(
          'role',
          path,
          `the role "${role}" is not among the protocol's roles`,
          meant(
            role,
            Object.keys(document.roles),
            `Add it under "roles", or write one of ${Object.keys(document.roles).join(', ')}.`,
          ),
        ),
      ];
