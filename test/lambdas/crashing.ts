import {
  type DurableExecutionClient,
  DurableExecutionInvocationInputWithClient,
  type DurableLambdaHandler,
} from '@aws/durable-execution-sdk-js';

/** A process that dies at the first `crash()`, and a service that then invokes the handler again with what was kept. */
export function crashing() {
  const { promise: crashed, resolve: die } = Promise.withResolvers<'crashed'>();
  let crashes = 0;
  return {
    crash: () => {
      if (crashes++ > 0) return Promise.resolve();
      die('crashed');
      return new Promise<void>(() => {});
    },
    survived:
      (handler: DurableLambdaHandler): DurableLambdaHandler =>
      async (event, context) => {
        if (crashes > 0) return handler(event, context);
        if (!DurableExecutionInvocationInputWithClient.isInstance(event)) throw new Error('not the test runner');
        let token = event.CheckpointToken;
        let isDead = false;
        const sent = new Set<Promise<unknown>>();
        const client: DurableExecutionClient = {
          getExecutionState: (request) => event.durableExecutionClient.getExecutionState(request),
          checkpoint: async (request) => {
            // A process that is dead says no more, though its promises may go on here.
            if (isDead) return new Promise(() => {});
            const sending = event.durableExecutionClient.checkpoint(request);
            sent.add(sending);
            const response = await sending;
            token = response.CheckpointToken ?? token;
            return response;
          },
        };
        const first = handler(new DurableExecutionInvocationInputWithClient(event, client), context);
        const outcome = await Promise.race([first, crashed]);
        if (outcome !== 'crashed') return outcome;
        isDead = true;
        await Promise.allSettled(sent);
        const { Operations = [] } = await client.getExecutionState({
          DurableExecutionArn: event.DurableExecutionArn,
          CheckpointToken: token,
          Marker: '',
        });
        const again = { ...event, CheckpointToken: token, InitialExecutionState: { Operations } };
        return handler(new DurableExecutionInvocationInputWithClient(again, event.durableExecutionClient), context);
      },
  };
}
