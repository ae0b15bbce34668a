import { GenerateMacCommand, type KMSClient, KMSInvalidMacException, VerifyMacCommand } from '@aws-sdk/client-kms';
import type { GenerateMac, VerifyMac } from '../lib/delivery/signed-link.ts';

const ALGORITHM = 'HMAC_SHA_256';
const MAC_BYTES = 32;

/** Signs with a KMS key of spec HMAC_256. */
export function kmsMac(kms: KMSClient, key_id: string): GenerateMac {
  return async (message) => {
    const { Mac } = await kms.send(
      new GenerateMacCommand({ KeyId: key_id, MacAlgorithm: ALGORITHM, Message: message }),
    );
    if (!Mac) throw new Error(`KMS key ${key_id} returned no MAC`);
    return Mac;
  };
}

/** Verifies with a KMS key of spec HMAC_256; a MAC of another length is refused without a request to KMS. */
export function kmsMacCheck(kms: KMSClient, key_id: string): VerifyMac {
  return async (message, mac) => {
    if (mac.length !== MAC_BYTES) return false;
    try {
      const command = new VerifyMacCommand({ KeyId: key_id, MacAlgorithm: ALGORITHM, Message: message, Mac: mac });
      return (await kms.send(command)).MacValid === true;
    } catch (error) {
      if (error instanceof KMSInvalidMacException) return false;
      throw error;
    }
  };
}
