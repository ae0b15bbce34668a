import { Stack, Validations } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/** What a role may do to which resources. */
export interface Permission {
  actions: string[];
  resources: string[];
  conditions?: Record<string, unknown>;
  /** Needed when a resource has a wildcard: why it cannot be narrower. */
  wildcard_reason?: string;
}

/** Grants permissions to a role, and gives cdk-nag the reason for each resource with a wildcard. */
export function permit(role: IRole, permissions: readonly Permission[]): void {
  for (const { wildcard_reason, ...permission } of permissions) {
    role.addToPrincipalPolicy(new PolicyStatement(permission));
    if (wildcard_reason === undefined) continue;
    const resources = permission.resources.map((resource) => ruleText(Stack.of(role).resolve(resource)));
    for (const resource of resources.filter((resource) => resource.includes('*'))) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${resource}]`,
        reason: wildcard_reason,
      });
    }
  }
}

/** Allows a role to read what a key encrypts; does nothing without a key. */
export function permitDecrypt(role: IRole, key: IKey | undefined): void {
  key?.grant(role, 'kms:Decrypt');
}

/** Allows a role to read and write what a key encrypts; does nothing without a key. */
export function permitEncryptDecrypt(role: IRole, key: IKey | undefined): void {
  key?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
}

/** A resolved ARN as cdk-nag writes it in the id of a finding: `<LogicalId.Arn>/prefix/*`. */
export function ruleText(arn: unknown): string {
  if (typeof arn === 'string') return arn;
  const { Ref, ...functions } = arn as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (Ref !== undefined) return `<${Ref}>`;
  if (functions['Fn::GetAtt']) return `<${functions['Fn::GetAtt'].join('.')}>`;
  if (functions['Fn::Join']) return functions['Fn::Join'][1].map(ruleText).join(functions['Fn::Join'][0]);
  return JSON.stringify(arn);
}
