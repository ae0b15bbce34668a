import { Stack, Validations } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';

/** What a role may do to which resources. */
export interface Permission {
  actions: string[];
  resources: string[];
  conditions?: Record<string, unknown>;
  /** Needed when a resource has a wildcard: why it cannot be narrower. */
  wildcard_reason?: string;
}

/** Gives a role the permissions, and cdk-nag the reason for each resource with a wildcard. */
export function permit(role: IRole, permissions: readonly Permission[]): void {
  for (const { wildcard_reason, ...permission } of permissions) {
    role.addToPrincipalPolicy(new PolicyStatement(permission));
    if (wildcard_reason === undefined) continue;
    const resources = permission.resources.map((resource) => flattenCfnReference(Stack.of(role).resolve(resource)));
    for (const resource of resources.filter((resource) => resource.includes('*'))) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${resource}]`,
        reason: wildcard_reason,
      });
    }
  }
}
