import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';

/** The value of a SecureString parameter, by its name. An Error names the parameter; that of SSM does not. */
export async function ssmSecret(ssm: SSMClient, name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value;
  } catch (cause) {
    const { name: code, message } = cause as Error;
    throw new Error(`the SSM parameter ${name} cannot be read: ${code} (${message})`, { cause });
  }
}
