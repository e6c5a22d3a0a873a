"""Who answers a request: an endpoint, files, recordings."""
