-- Version 8 of the store: findings that the client has accepted stand beside the others, with the reason.

-- outcome is then 'suppressed': told in the report's last section, counted nowhere.  NULL: not accepted.
ALTER TABLE finding ADD COLUMN accepted TEXT;

DROP VIEW findings;
CREATE VIEW findings AS
SELECT url.url AS url, finding.check_id AS check_id, finding.outcome AS outcome, finding.severity AS severity,
       finding.evidence AS evidence, finding.accepted AS accepted
FROM finding
JOIN latest_run ON latest_run.run = finding.run
LEFT JOIN url ON url.id = finding.url;
