import { textsOf } from '../servers/xml.ts';
import type { Need } from './call.ts';
import type { Emulator } from './emulator.ts';

/** One statement of a role's policies that allows something. */
export interface Statement {
  Effect: 'Allow';
  Action: string[];
  Resource: string[];
  Condition: Record<string, Record<string, string>>;
}

/** The statements of a deployed role, every name in them resolved. None of the stack's roles denies anything. */
export async function statementsOf(emulator: Emulator, role: string): Promise<Statement[]> {
  const names = textsOf(await emulator.query('iam', { Action: 'ListRolePolicies', RoleName: role }), 'member');
  const documents = names.map(async (name) => {
    const parameters = { Action: 'GetRolePolicy', RoleName: role, PolicyName: name };
    const [document = ''] = textsOf(await emulator.query('iam', parameters), 'PolicyDocument');
    return JSON.parse(decodeURIComponent(document)).Statement;
  });
  return (await Promise.all(documents)).flat().map(({ Effect, Action, Resource, Condition = {} }) => {
    if (Effect !== 'Allow') throw new Error(`${role} has a statement that is no Allow`);
    return { Effect, Action: [Action].flat(), Resource: [Resource].flat(), Condition };
  });
}

/** Whether a statement allows something, its conditions included. */
export function allows({ Action, Resource, Condition }: Statement, { action, resource, context = {} }: Need): boolean {
  const isMet = Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => {
      const value = context[key] ?? '';
      if (operator === 'StringEquals') return value === expected;
      if (operator === 'StringLike') return matches(expected, value);
      throw new Error(`no meaning is known here for the condition ${operator}`);
    }),
  );
  return isMet && Action.includes(action) && Resource.some((pattern) => matches(pattern, resource));
}

/** Whether a text fits a pattern of IAM, in which an asterisk is any text. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}
