/* Written by `npm run schema`, from lib/config/schema.ts. */

/** What `logtally.yaml` may say, before it is checked. */
export interface ConfigInput {
  /**
   * Time zone (IANA name) in which schedules fire and which decides what day is today. Default UTC.
   */
  time_zone?: string;
  /**
   * Logs to read, by name.
   */
  sources: {
    [k: string]: {
      /**
       * Log format. Default s3-access.
       */
      format?: string;
      /**
       * Where the raw logs lie in AWS: s3://bucket/prefix/. Needed to deploy.
       */
      location?: string;
      /**
       * The same logs on this machine, relative to this file. Read when no --input is given.
       */
      folder?: string;
      /**
       * Folders below the location: account/region/bucket/YYYY/MM/DD (partitioned, the default of s3-access), AWSLogs/account/elasticloadbalancing/region/YYYY/MM/DD (load-balancer, the default of their formats), YYYY/MM/DD (dated), year=YYYY/month=MM/day=DD (hive), or none (flat, the default of all others).
       */
      layout?: 'partitioned' | 'load-balancer' | 'dated' | 'hive' | 'flat';
      /**
       * Whose day a key of the layout partitioned holds. Default event_time.
       */
      partition_date_source?: 'event_time' | 'delivery_time';
      /**
       * Accounts whose logs lie there; with location.
       */
      accounts?: string[];
      /**
       * Regions of the logged buckets; with location.
       */
      regions?: string[];
      /**
       * The logged buckets; with location.
       */
      buckets?: string[];
      /**
       * First day to look for, YYYY-MM-DD. Default 2020-01-01.
       */
      since?: string;
      /**
       * Whether a report may ever delete the raw logs. Default false.
       */
      remove_original_logs?: boolean;
      /**
       * KMS keys that encrypt the logs in AWS; with location. Their policies must let IAM of the account allow it.
       */
      kms_keys?: string[];
    };
  };
  /**
   * Log formats of your own, by name.
   */
  formats?: {
    [k: string]: {
      /**
       * Name for people.
       */
      title: string;
      /**
       * What writes these logs; decides which sections a report has. Default web.
       */
      kind?: 'storage' | 'cdn' | 'load-balancer' | 'web' | 'log';
      /**
       * The fields of a line, separated by one space, in order: column and kind.
       */
      fields?: {
        [k: string]:
          | 'token'
          | 'bracketed_time'
          | 'quoted'
          | 'plain_quoted'
          | 'status'
          | 'number'
          | 'seconds'
          | 'host_id'
          | 'address_port'
          | 'http_time';
      };
      /**
       * How many leading fields every line has. Default: all.
       */
      required_fields?: number;
      /**
       * What may follow the last field: none, unquoted (more fields without quotes; the default), or any (quoted fields too).
       */
      trailing_fields?: 'none' | 'unquoted' | 'any';
      /**
       * Regular expressions for a whole line, tried in order. Named groups are columns.
       */
      patterns?: string[];
      /**
       * Paths of values in a JSON line, by column: one path, or several; the first that has a value counts.
       */
      json?: {
        [k: string]: string | string[];
      };
      /**
       * Whether times have no year; it is then taken from the day of the file. Default false.
       */
      yearless?: boolean;
      /**
       * Regular expression for the start of lines to skip, such as comments.
       */
      ignored?: string;
    };
  };
  /**
   * Reports to write, by name.
   */
  reports: {
    [k: string]: {
      /**
       * Heading of the report. Default: its name.
       */
      title?: string;
      /**
       * Names of the sources it reads. Default: all.
       *
       * @minItems 1
       */
      sources?: string[];
      /**
       * weekly, monthly (default) or quarterly.
       */
      frequency?: 'weekly' | 'monthly' | 'quarterly';
      /**
       * When it runs by itself, or off to run it by hand only.
       */
      schedule?:
        | 'off'
        | {
            /**
             * Hour of the local day. Default 6.
             */
            hour?: number;
            /**
             * Days after the period's last day, for late lines to come in. Default 2 when weekly, 3 otherwise.
             */
            delay_days?: number;
          };
      /**
       * all (default), or a list of sections.
       */
      sections?: 'all' | string[];
      /**
       * Whether to write every request of the period too. Default false.
       */
      select_all?: boolean;
      /**
       * Whether to delete the query engine's own result files afterwards. Default true.
       */
      remove_meta?: boolean;
      /**
       * What the report shows of the people behind requests: page, mail, CSV and Parquet alike.
       */
      privacy?: {
        /**
         * Addresses of clients: keep (default), truncate to their network (/24, /48 for IPv6), or hash with a secret.
         */
        client_ip?: 'keep' | 'truncate' | 'hash';
        /**
         * Query strings and request signatures: keep (default) or scrub.
         */
        query?: 'keep' | 'scrub';
        /**
         * With hash: environment variable that holds the secret on this machine. Default LOGTALLY_SALT.
         */
        salt_env?: string;
        /**
         * With hash: SSM parameter (SecureString) that holds the secret in AWS. Needed there.
         */
        salt_parameter?: string;
      };
      /**
       * Whether a scheduled run mails. Default: true when there is a mail key.
       */
      email?: boolean;
      /**
       * Who gets the mail. Default: mail.recipients.
       *
       * @maxItems 50
       */
      recipients?: string[];
    };
  };
  /**
   * Owners: teams or customers by name, and the requesters, addresses and folders that belong to them.
   */
  owners?: {
    [k: string]: {
      /**
       * ARNs of roles and users, and canonical ids; * matches any text. A role includes its sessions.
       */
      requesters?: string[];
      /**
       * Account ids: every requester of the account.
       */
      accounts?: string[];
      /**
       * Addresses and networks (CIDR) of clients, IPv4 and IPv6.
       */
      addresses?: string[];
      /**
       * Key prefixes, bucket/folder/ or bucket/: who owns the data, if neither requester nor address has an owner.
       */
      prefixes?: string[];
    };
  };
  /**
   * Who reports are mailed from and to. Needed for mail in AWS.
   */
  mail?: {
    /**
     * Address that reports are mailed from.
     */
    from: string;
    /**
     * The sender in SES: create verifies the address (default); existing uses an address or a domain that the account has verified in the Region.
     */
    identity?: 'create' | 'existing';
    /**
     * Where answers go. Default: from.
     */
    reply_to?: string;
    /**
     * Who gets every report that names nobody itself.
     *
     * @maxItems 50
     */
    recipients?: string[];
    /**
     * Start of every subject. Default [Logtally].
     */
    subject_prefix?: string;
    /**
     * Links in a mail that AWS sends: signed work for everyone who has the mail (default); console lead to the S3 console, for readers who may sign in, and need no public URL.
     */
    links?: 'signed' | 'console';
    /**
     * How many days signed links work. Default 30.
     */
    link_days?: number;
  };
  /**
   * Local home of the lake: the parsed requests as Parquet, by source and day.
   */
  lake?: {
    /**
     * Relative to this file.
     */
    folder?: string;
  };
  /**
   * Local home of editions, relative to this file.
   */
  out?: string;
  /**
   * What a run may use.
   */
  limits?: {
    /**
     * About what the program may take on this machine; beyond it queries use the disk. Default 2GB; with less than 1GB it takes more.
     */
    memory?: string;
    /**
     * Threads for queries on this machine. Default: the machine's.
     */
    threads?: number | null;
    /**
     * GB after which Athena stops a query. Default 100; at least 0.01.
     */
    scan_gb_per_query?: number;
    /**
     * Queries that run at the same time. Default 5.
     */
    concurrent_queries?: number;
    /**
     * Days after an event in which its line may arrive. Default 2.
     */
    late_days?: number;
  };
  /**
   * AWS's prices in USD. The defaults are those of us-east-1.
   */
  prices?: {
    /**
     * 1 TB scanned by Athena. Default 5.00.
     */
    athena_per_tb?: number;
    /**
     * 1,000 PUT, COPY, POST or LIST requests. Default 0.005.
     */
    put_per_1000?: number;
    /**
     * 1,000 GET and all other requests. Default 0.0004.
     */
    get_per_1000?: number;
    /**
     * 1 GB to the internet. Default 0.09.
     */
    transfer_out_per_gb?: number;
  };
  /**
   * A request slower than this many ms counts as slow.
   */
  slow_ms?: number;
  /**
   * The stack that `cdk deploy` creates.
   */
  stack?: {
    /**
     * Name of the CloudFormation stack. Default Logtally.
     */
    name?: string;
    /**
     * Account to deploy to. Default: that of the command's credentials.
     */
    account?: string;
    /**
     * Region to deploy to. Default: that of the command's credentials.
     */
    region?: string;
    /**
     * Tags of everything in the stack, by name.
     */
    tags?: {
      [k: string]: string;
    };
    /**
     * Whether CloudFormation refuses to delete the stack. Default false.
     */
    termination_protection?: boolean;
    /**
     * Name of the Glue database. Default: the stack's, in lower case, with _ for each hyphen.
     */
    database?: string;
    /**
     * Days until editions are deleted. Default 400.
     */
    results_days?: number;
    /**
     * Days until the parsed requests of a day are deleted. Default: never.
     */
    lake_days?: number;
    /**
     * Days until the functions' own logs are deleted. Default 90.
     */
    log_days?:
      | 1
      | 3
      | 5
      | 7
      | 14
      | 30
      | 60
      | 90
      | 120
      | 150
      | 180
      | 365
      | 400
      | 545
      | 731
      | 1096
      | 1827
      | 2192
      | 2557
      | 2922
      | 3288
      | 3653;
    /**
     * Who is told of failed runs and of mail that came back.
     */
    alarm_email?: string;
    /**
     * KMS key (ARN) that encrypts the results bucket and the alarm topic. Default: S3 and a key of the stack.
     */
    encryption_key?: string;
    /**
     * Concurrency of Lambda that is reserved for signed links, and the most they can take. Default 10; null reserves none.
     */
    links_concurrency?: number | null;
    /**
     * Whether each scheduled report runs once right after the first deployment. Default true.
     */
    first_report?: boolean;
  };
}
