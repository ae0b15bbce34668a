/*
title: syslog
kind: log
# RFC 5424 with structured data; RFC 3164 and its variants: with or without a priority, with an ISO 8601 time, with a level in
# place of the host, without a host, with a version after the tag, without a tag. A tag without a colon stays in the message.
# Cisco IOS and ASA write a sequence number and the host before the time, or the host after it.
yearless: true
patterns:
  - '<(?<priority>[0-9]{1,3})>1 (?<time>[0-9]{4}-[^ ]+) (?<host>[^ ]+) (?<application>[^ ]+) [^ ]+ [^ ]+ (?:-|(?:\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])+)(?: +(?<message>.*))?'
  - '(?:<(?<priority>[0-9]{1,3})>)?(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]+) (?<level>EMERG|ALERT|CRIT|ERR|ERROR|WARNING|WARN|NOTICE|INFO|DEBUG) (?<application>[^ :\[]+)(?:\[[^\]]*\])?: ?(?<message>.*)'
  - '(?:<(?<priority>[0-9]{1,3})>)?(?:[0-9]+: )*(?:(?<host>[A-Za-z0-9][^ :]*): )?[*.]?(?<time>[A-Z][a-z]{2} +[0-9]{1,2} (?:[0-9]{4} )?[0-9:]{8}(?:\.[0-9]+)?(?: [0-9]{4})?)(?: [A-Z]{2,5})?: (?<message>%.*)'
  - '(?:<(?<priority>[0-9]{1,3})>)?(?:[0-9]+: )*[*.]?(?<time>[A-Z][a-z]{2} +[0-9]{1,2} (?:[0-9]{4} )?[0-9:]{8}(?:\.[0-9]+)?(?: [0-9]{4})?)(?: [A-Z]{2,5})? (?<host>[^ ]+) : (?<message>%.*)'
  - '(?:<(?<priority>[0-9]{1,3})>)?(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]+|[A-Z][a-z]{2} +[0-9]{1,2} (?:[0-9]{4} )?[0-9:]{8}(?:\.[0-9]+)?(?: [0-9]{4})?) (?<application>[^ :\[]+)(?:\[[^\]]*\])?: (?<message>.*)'
  - '(?:<(?<priority>[0-9]{1,3})>)?(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]+|[A-Z][a-z]{2} +[0-9]{1,2} (?:[0-9]{4} )?[0-9:]{8}(?:\.[0-9]+)?(?: [0-9]{4})?) (?<host>[^ ]+) (?<application>[^ :\[]+)(?: [0-9][0-9.]*)?(?:\[[^\]]*\])?(?: <(?<level>[A-Za-z]+)>)?: ?(?<message>.*)'
  - '(?:<(?<priority>[0-9]{1,3})>)?(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]+|[A-Z][a-z]{2} +[0-9]{1,2} (?:[0-9]{4} )?[0-9:]{8}(?:\.[0-9]+)?(?: [0-9]{4})?) (?<host>[^ ]+) (?<message>.*)'
  - '(?:<(?<priority>[0-9]{1,3})>)?(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]+|[A-Z][a-z]{2} +[0-9]{1,2} (?:[0-9]{4} )?[0-9:]{8}(?:\.[0-9]+)?(?: [0-9]{4})?): (?<message>.*)'
ignored: '#'
*/
