-- Months of usage are called as those of events are: usage_2026_11. Rebuilt views never had others.
DO $$
DECLARE
    month text;
BEGIN
    FOR month IN SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                 WHERE inhparent = CAST('usage' AS regclass)
    LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', month, regexp_replace(month, '(\d{4})(\d{2})$', '\1_\2'));
    END LOOP;
END
$$;

-- Drops a table unless somebody holds on to it for longer than a moment. While this waits, everybody who comes later waits behind
-- it; so the moment is short, and the limit ends with the function, whatever it was before.
CREATE FUNCTION drop_unless_read(name text) RETURNS boolean
    LANGUAGE plpgsql SET lock_timeout = '100ms' AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS %I', name);
    RETURN true;
EXCEPTION
    WHEN lock_not_available THEN RETURN false;
END
$$;

-- Whether that would do right now. The lock is let go at once: it goes with what the exception takes back.
CREATE FUNCTION is_free(name text) RETURNS boolean
    LANGUAGE plpgsql SET lock_timeout = '100ms' AS $$
BEGIN
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', name);
    RAISE SQLSTATE 'LFREE';
EXCEPTION
    WHEN lock_not_available THEN RETURN false;
    WHEN SQLSTATE 'LFREE' THEN RETURN true;
END
$$;
