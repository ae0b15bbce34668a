/* Written by `npm run schema`, from lib/config/schema.ts. */

/** What `logtally.yaml` may say, before it is checked. */
export interface ConfigInput {
  /**
   * Time zone (IANA name) of schedules and of "today". Default UTC.
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
       * Location of the raw logs in S3: s3://bucket/prefix/. Needed to deploy and to sync.
       */
      location?: string;
      /**
       * Folder of the logs on this machine, relative to this file. Read unless --input is given.
       */
      folder?: string;
      /**
       * Folders below the location: account/region/bucket/YYYY/MM/DD (partitioned, the default of s3-access), AWSLogs/account/elasticloadbalancing/region/YYYY/MM/DD (load-balancer, the default of alb, nlb and elb), YYYY/MM/DD (dated), year=YYYY/month=MM/day=DD (hive), or none (flat, the default of all others).
       */
      layout?: 'partitioned' | 'load-balancer' | 'dated' | 'hive' | 'flat';
      /**
       * Whether the day in keys of the layout partitioned is that of the request or of the delivery. Default event_time.
       */
      partition_date_source?: 'event_time' | 'delivery_time';
      /**
       * Accounts in the folders below the location.
       */
      accounts?: string[];
      /**
       * Regions in the folders below the location.
       */
      regions?: string[];
      /**
       * Logged buckets in the folders below the location.
       */
      buckets?: string[];
      /**
       * First day that has logs, YYYY-MM-DD. Default 2020-01-01.
       */
      since?: string;
      /**
       * Whether reports are allowed to delete raw logs; a run must be asked to as well. Default false.
       */
      remove_original_logs?: boolean;
      /**
       * ARNs of the KMS keys that encrypt the logs. Their key policies must let IAM policies of the account grant access.
       */
      kms_keys?: string[];
      /**
       * Source whose CDN asks this one. Requests that came through it are counted once, in sections that read both.
       */
      origin_of?: string;
    };
  };
  /**
   * Log formats of your own, by name.
   */
  formats?: {
    [k: string]: {
      /**
       * Name for people. Default: its name in this file.
       */
      title?: string;
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
          | 'principal'
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
       * Columns with the same value in all lines of a pattern, by the index of the pattern, counted from 0.
       */
      pattern_values?: {
        [k: string]: {
          [k: string]: string;
        };
      };
      /**
       * Paths of values in a JSON line, by column: one path, or several; the first that has a value counts. `a beside b` counts in objects that have a b, too.
       */
      json?: {
        [k: string]: string | string[];
      };
      /**
       * A format as it stands in the configuration of nginx (log_format), Apache (LogFormat) or GoAccess.
       */
      log_format?: string;
      /**
       * How %d is written in GoAccess's format, such as %d/%b/%Y.
       */
      date_format?: string;
      /**
       * How %t is written in GoAccess's format. Default %T.
       */
      time_format?: string;
      /**
       * For logs whose lines #Fields: … name the fields of the lines after them.
       */
      header?: {
        /**
         * Names of fields, by column: one, or several; the first that has a value counts. Default: the names in json.
         */
        columns?: {
          [k: string]:
            | string
            | {
                /**
                 * Name of the field.
                 */
                name: string;
                /**
                 * The column has a value only if the header has one of these names.
                 */
                beside?: string[];
                /**
                 * The column has a value only if the header has none of these names.
                 */
                not_beside?: string[];
              }
            | (
                | string
                | {
                    /**
                     * Name of the field.
                     */
                    name: string;
                    /**
                     * The column has a value only if the header has one of these names.
                     */
                    beside?: string[];
                    /**
                     * The column has a value only if the header has none of these names.
                     */
                    not_beside?: string[];
                  }
              )[];
        };
        /**
         * Names that only the headers of other formats have.
         */
        foreign?: string[];
        /**
         * Names of the fields of lines without a header.
         */
        default_names?: string[];
        /**
         * Names of fields in which + stands for a space.
         */
        plus_is_space?: string[];
      };
      /**
       * Whether lines may be inside syslog, CRI, JSON of Docker and the like; patterns then read what is inside. Default false.
       */
      envelopes?: boolean;
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
       * Sources of the report. Default: all.
       *
       * @minItems 1
       */
      sources?: string[];
      /**
       * Period of the report, always the last complete one: weekly, monthly (default) or quarterly.
       */
      frequency?: 'weekly' | 'monthly' | 'quarterly';
      /**
       * When the stack writes it, or off to run it by hand only.
       */
      schedule?:
        | 'off'
        | {
            /**
             * Hour of the day in time_zone. Default 6.
             */
            hour?: number;
            /**
             * Days after the last day of the period, so that late lines have arrived. Default 2 if weekly, else 3.
             */
            delay_days?: number;
          };
      /**
       * all (default), or a list of sections.
       */
      sections?: 'all' | string[];
      /**
       * Whether to write every request of the period as well. Default false.
       */
      select_all?: boolean;
      /**
       * Whether to delete the result files of the query engine afterwards. Default true.
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
       * Whether the scheduled report is mailed. Default: true if there is a mail key.
       */
      email?: boolean;
      /**
       * Recipients of the mail. Default: mail.recipients.
       *
       * @maxItems 50
       */
      recipients?: string[];
    };
  };
  /**
   * Section files of your own, relative to this file: a file, all files of a folder as folder/*.sql, or a list of such.
   */
  sections?: string | string[];
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
   * Sender and recipients of mail. Needed for mail from AWS.
   */
  mail?: {
    /**
     * Sender of reports.
     */
    from: string;
    /**
     * Identity of the sender in SES: create verifies the address (default); existing uses an address or a domain that the account has verified in the Region.
     */
    identity?: 'create' | 'existing';
    /**
     * Address for replies. Default: from.
     */
    reply_to?: string;
    /**
     * Recipients of every report that lists none.
     *
     * @maxItems 50
     */
    recipients?: string[];
    /**
     * Start of every subject. Default [Logtally].
     */
    subject_prefix?: string;
    /**
     * Links in mail from AWS: signed ones work for everyone who has the mail (default); console ones open the S3 console for readers who can sign in, and need no public URL; with none, the page is attached instead.
     */
    links?: 'signed' | 'console' | 'none';
    /**
     * How many days signed links work. Default 30.
     */
    link_days?: number;
  };
  /**
   * The lake on this machine: parsed requests as Parquet, by source and day.
   */
  lake?: {
    /**
     * Folder, relative to this file. Default logtally-out/lake.
     */
    folder?: string;
  };
  /**
   * Folder of reports on this machine, relative to this file. Default logtally-out.
   */
  out?: string;
  /**
   * Limits of a run.
   */
  limits?: {
    /**
     * Approximate memory of the program on this machine; queries that need more use the disk. Default 2GB; less than 1GB is exceeded.
     */
    memory?: string;
    /**
     * Threads for queries on this machine. Default: as many as it has. Fewer are used if the memory is short.
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
     * Days after a request in which its line may still arrive. Default 2.
     */
    late_days?: number;
  };
  /**
   * Prices of AWS in USD. Those of S3 are the list prices of each Region where they are left out.
   */
  prices?: {
    /**
     * 1 TB scanned by Athena. Default 5.00.
     */
    athena_per_tb?: number;
    /**
     * Region of the buckets whose log does not name it. Default us-east-1.
     */
    s3_region?:
      | 'us-east-1'
      | 'us-east-2'
      | 'us-west-1'
      | 'us-west-2'
      | 'ca-central-1'
      | 'sa-east-1'
      | 'eu-central-1'
      | 'eu-north-1'
      | 'eu-west-1'
      | 'eu-west-2'
      | 'eu-west-3'
      | 'ap-northeast-1'
      | 'ap-northeast-2'
      | 'ap-south-1'
      | 'ap-southeast-1'
      | 'ap-southeast-2';
    /**
     * 1,000 PUT, COPY, POST or LIST requests. Default: the list price of the bucket's Region.
     */
    put_per_1000?: number;
    /**
     * 1,000 GET and all other requests. Default: the list price of the bucket's Region.
     */
    get_per_1000?: number;
    /**
     * 1 GB from S3 to the internet. Default: the list price of the bucket's Region.
     */
    transfer_out_per_gb?: number;
    /**
     * 1 GB from S3 to another Region. Default: the list price of the bucket's Region.
     */
    transfer_to_region_per_gb?: number;
  };
  /**
   * Requests that take longer are slow, in milliseconds. Default 1000.
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
     * Account to deploy to. Default: that of the credentials.
     */
    account?: string;
    /**
     * Region to deploy to. Default: that of the credentials.
     */
    region?: string;
    /**
     * Tags of all resources in the stack.
     */
    tags?: {
      [k: string]: string;
    };
    /**
     * Whether CloudFormation refuses to delete the stack. Default false.
     */
    termination_protection?: boolean;
    /**
     * Name of the Glue database. Default: the name of the stack in lower case, with _ for hyphens.
     */
    database?: string;
    /**
     * Days until reports are deleted. Default 400.
     */
    results_days?: number;
    /**
     * Days until the parsed requests of a day are deleted. Default: never.
     */
    lake_days?: number;
    /**
     * Days until the logs of the Lambda functions are deleted. Default 90.
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
     * Address that receives an e-mail on failed runs and on bounced mail.
     */
    alarm_email?: string;
    /**
     * ARN of a KMS key that encrypts the results bucket and the alarm topic. Default: keys of S3 and of the stack.
     */
    encryption_key?: string;
    /**
     * Lambda concurrency that is reserved for signed links; they cannot use more. Default 10; null reserves none.
     */
    links_concurrency?: number | null;
    /**
     * Whether each scheduled report runs once right after the first deployment. Default true.
     */
    first_report?: boolean;
  };
}
