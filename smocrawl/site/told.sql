-- What the findings of pages say, counted once for all fixes.
CREATE TEMP TABLE told AS
SELECT finding.check_id, page.kind, page.template, finding.outcome, finding.evidence, count(*) AS pages
FROM finding JOIN scored_page AS page ON page.run = finding.run AND page.url = finding.url
WHERE finding.outcome != 'suppressed'
GROUP BY finding.check_id, page.kind, page.template, finding.outcome, finding.evidence;

CREATE INDEX temp.told_check ON told (check_id, kind, template);
