-- What a client said of a reply goes with the reply, once that cannot come back.
CREATE TRIGGER client_notes_of_deleted_messages AFTER DELETE ON deleted_messages
WHEN NOT EXISTS (SELECT 1 FROM chat_messages WHERE id = old.id)
BEGIN
  DELETE FROM client_notes WHERE id = old.id;
END;
