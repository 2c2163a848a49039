interface ClientSettings {
  readonly maxAttempts: number;
  readonly requestHandler: { readonly connectionTimeout: number; readonly socketTimeout: number };
}

/**
 * An AWS client with this app's patience. Called once a module, so that a warm Lambda keeps its connections.
 *
 * The SDK's own default waits for ever; 2 minutes without a byte covers S3's copy of 5 GB, which is the longest silence.
 */
export function awsClient<Client>(ClientOf: new (settings: ClientSettings) => Client): Client {
  return new ClientOf({ maxAttempts: 5, requestHandler: { connectionTimeout: 5_000, socketTimeout: 120_000 } });
}
