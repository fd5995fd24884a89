"""What moves with LOCAL_AWS_DATA_PLANE=on: applications behind load balancers, health checks that probe them, schedules that fire."""
